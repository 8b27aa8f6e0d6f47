/** A piece of HTML or SVG that is safe to put into a page: texts in it are escaped, by construction. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | number | undefined | readonly Child[];
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements without an end tag in HTML; in SVG all that have no children. */
const VOID = new Set(['meta', 'br', 'hr']);

/** An element. Names of tags and attributes come from code alone; values and texts are escaped. */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => ` ${name}="${escaped(typeof value === 'number' ? rounded(value) : String(value))}"`,
    )
    .join('');
  if (VOID.has(tag)) return { markup: `<${tag}${given}>` };
  return { markup: `<${tag}${given}>${children.map(textOf).join('')}</${tag}>` };
}

function textOf(child: Child): string {
  if (child === undefined) return '';
  if (typeof child === 'string') return escaped(child);
  if (typeof child === 'number') return String(child);
  if ('markup' in child) return child.markup;
  return child.map(textOf).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
