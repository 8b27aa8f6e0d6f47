import { visibleText } from '../common/visible-text';

/**
 * A piece of HTML or SVG as data. It becomes text for a file ({@link htmlOf}) or elements of a page, and in neither can
 * a text turn into markup.
 */
export interface Markup {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Markup | string)[];
}

type Child = Markup | string | number | undefined | readonly Child[];
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements without an end tag in HTML; in SVG all that have no children. */
const VOID = new Set(['meta', 'link', 'br', 'hr']);

/** Elements whose text is no markup; it comes from code alone. */
const RAW = new Set(['style', 'script']);

/** An element. Names of tags and attributes come from code alone. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name, typeof value === 'number' ? rounded(value) : value] as [string, string]],
  );
  return { tag, attributes: Object.fromEntries(given), children: children.flatMap(flat) };
}

function flat(child: Child): readonly (Markup | string)[] {
  if (child === undefined) return [];
  if (typeof child === 'string') return [child];
  if (typeof child === 'number') return [String(child)];
  return isMarkup(child) ? [child] : child.flatMap(flat);
}

function isMarkup(child: Markup | readonly Child[]): child is Markup {
  return !Array.isArray(child);
}

/** Markup as text; texts and attributes in it are escaped. */
export function htmlOf({ tag, attributes, children }: Markup): string {
  const given = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
  if (VOID.has(tag)) return `<${tag}${given}>`;
  const inside = children.map(child =>
    typeof child !== 'string' ? htmlOf(child) : RAW.has(tag) ? child : escaped(child),
  );
  return `<${tag}${given}>${inside.join('')}</${tag}>`;
}

/** Nothing of a text is markup, and nothing of it turns the direction of the writing around it. */
function escaped(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

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
