import type { BlockRule, StringRule, Syntax } from '../languages/syntax';
import { syntaxOf } from '../languages/lookup';

/** What the scanner found in code, by the alternative of the pattern that matched. */
export type Found =
  | { readonly kind: 'line' | 'atom' | 'slash' | 'open' | 'close' | 'embedded-end' | 'fence-mark' }
  | { readonly kind: 'block'; readonly rule: number }
  | { readonly kind: 'string'; readonly rule: number }
  | { readonly kind: 'heredoc' }
  | { readonly kind: 'embedded'; readonly rule: number };

/** A syntax made ready for scanning: one pattern for code, one for each way of being inside something. */
export interface Rules {
  readonly id: string;
  readonly syntax: Syntax;
  readonly blocks: readonly BlockRule[];
  readonly strings: readonly StringRule[];
  readonly code: RegExp;
  /** `found[i]` belongs to the pattern's i-th named alternative, `a0`, `a1`, … */
  readonly found: readonly Found[];
}

const CACHE = new Map<string, Rules>();

/** The rules of a language, or of one embedded in another up to `until` (`</script`). */
export function rulesOf(languageId: string, until?: string): Rules {
  const id = until === undefined ? languageId : `${languageId} until ${until}`;
  const cached = CACHE.get(id);
  if (cached) return cached;
  const rules = compile(id, syntaxOf(languageId), until);
  CACHE.set(id, rules);
  return rules;
}

function compile(id: string, syntax: Syntax, until: string | undefined): Rules {
  const alternatives: (readonly [string, Found])[] = [];
  const add = (source: string, found: Found): void => void alternatives.push([source, found]);
  const blocks = syntax.block ?? [];
  const strings = syntax.strings ?? [];
  if (until !== undefined) add(escapeRegExp(until), { kind: 'embedded-end' });
  for (const atom of syntax.atoms ?? []) add(atom, { kind: 'atom' });
  blocks.forEach((block, rule) => {
    add(block.open, { kind: 'block', rule });
  });
  for (const leader of syntax.line ?? []) add(leader, { kind: 'line' });
  for (const heredoc of syntax.heredocs ?? []) add(heredoc.open, { kind: 'heredoc' });
  strings.forEach((string, rule) => {
    add(string.open, { kind: 'string', rule });
  });
  (syntax.embedded ?? []).forEach((section, rule) => {
    add(section.open, { kind: 'embedded', rule });
  });
  if (syntax.regexLiterals) add('/', { kind: 'slash' });
  if (syntax.fences) add('`+', { kind: 'fence-mark' });
  const interpolates = strings.some(string => string.interpolation !== undefined);
  if (syntax.brackets) {
    add('[([{]', { kind: 'open' });
    add('[)\\]}]', { kind: 'close' });
  } else if (interpolates) {
    add('\\{', { kind: 'open' });
    add('\\}', { kind: 'close' });
  }
  const sources = alternatives.map(([source], i) => `(?<a${i}>${source})`);
  return {
    id,
    syntax,
    blocks,
    strings,
    code: new RegExp(sources.length > 0 ? sources.join('|') : '(?!)', syntax.ignoreCase ? 'gi' : 'g'),
    found: alternatives.map(([, found]) => found),
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
