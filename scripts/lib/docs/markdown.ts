/** The sections of a page, by name, each with what writes its text. */
export type Sections = Readonly<Record<string, () => string>>;

const SECTION = /<!-- begin ([\w:-]+) -->\n[^]*?<!-- end \1 -->/g;

/**
 * The page with every section, between `<!-- begin NAME -->` and `<!-- end NAME -->`, written anew.
 * Throws where the page lacks a section or has one that nothing writes.
 */
export function fillSections(page: string, sections: Sections): string {
  const missing = new Set(Object.keys(sections));
  const filled = page.replace(SECTION, (_all, name: string) => {
    const write = sections[name];
    if (!write) throw new Error(`nothing writes the section "${name}": remove its markers`);
    missing.delete(name);
    return `<!-- begin ${name} -->\n${write()}\n<!-- end ${name} -->`;
  });
  if (missing.size > 0) throw new Error(`the page lacks the sections ${[...missing].join(', ')}`);
  return filled;
}

/** A table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

/** `1,280,000` */
export const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 10 });
