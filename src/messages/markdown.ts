import { visibleLine } from '../common/visible-text';

/**
 * Escapes a text for Markdown, so that it reads as it was written, on one line: no markup, no HTML, no icon, no address
 * that becomes a link by itself, and nothing that hides or reorders text.
 */
export function escape(text: string): string {
  return visibleLine(text)
    .replace(/\$(?=\([\w~-]+\))/g, '\\$')
    .replace(/[\\`*_{}[\]()#+!~|-]/g, '\\$&')
    .replace(/^=|:(?=\/\/)|@|(?<=\bwww)\.|(?<=^\d{1,9})\./gi, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** A link with a text of its own and, where there is one, a title that shows on pointing at it. */
export function link(text: string, target: string, title?: string): string {
  const address = target.replace(
    /[()\s<>]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  const tip = title === undefined ? '' : ` "${escape(title).replace(/"/g, '&quot;')}"`;
  return `[${text}](${address}${tip})`;
}

/** Lines that follow each other without a gap between. */
export function lines(texts: readonly string[]): string {
  return texts.join('  \n');
}

/** Paragraphs; empty ones are left out. */
export function paragraphs(texts: readonly string[]): string {
  return texts.filter(text => text !== '').join('\n\n');
}

export function list(texts: readonly string[]): string {
  return texts.map(text => `- ${text}`).join('\n');
}
