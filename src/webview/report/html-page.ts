import { el, htmlOf, type Child } from './markup';

/** A page of HTML that runs and loads nothing but what it names. */
export interface HtmlPage {
  readonly language: string;
  readonly title: string;
  /** Where scripts and style sheets may come from, as a Content-Security-Policy names it. */
  readonly allowed: { readonly script: string; readonly style: string };
  /** The style sheet, itself or a link to it. */
  readonly style: Child;
}

export function htmlPage({ language, title, allowed, style }: HtmlPage, ...body: readonly Child[]): string {
  const policy = [
    "default-src 'none'",
    `script-src ${allowed.script}`,
    `style-src ${allowed.style}`,
    // Drawings on their way to being saved.
    'img-src data:',
  ];
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy.join('; ') }),
    el('title', {}, title),
    style,
  );
  return `<!doctype html>\n${htmlOf(el('html', { lang: language }, head, el('body', {}, ...body)))}\n`;
}
