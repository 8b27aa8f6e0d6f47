import { syntaxOf } from '../languages/language-registry';
import type { BlockRule, HeredocRule, SectionRule, StringRule, Syntax } from '../languages/syntax-definition';

/** What the scanner found in code, by the alternative of the pattern that matched. */
export type CodeToken =
  | { readonly kind: 'line' | 'atom' | 'slash' | 'open' | 'close' | 'section-end' | 'backticks' }
  | { readonly kind: 'block'; readonly rule: BlockRule }
  | { readonly kind: 'string'; readonly rule: StringRule }
  | { readonly kind: 'heredoc'; readonly rule: HeredocRule }
  | { readonly kind: 'section'; readonly rule: SectionRule };

/** A syntax made ready for scanning: one pattern finds whatever is not plain code. */
export interface CompiledSyntax {
  /** Tells apart the rules of different languages, and of one language in different sections. */
  readonly id: string;
  readonly syntax: Syntax;
  readonly code: RegExp;
  /** What each alternative of the pattern finds, and the number of its capture group. */
  readonly found: readonly { readonly group: number; readonly found: CodeToken }[];
  /** The section these rules are for, and the pattern of its end. */
  readonly section?: { readonly rule: SectionRule; readonly end: RegExp };
}

const CACHE = new Map<string, CompiledSyntax>();

/** The rules of a language, or of one inside a section of another. */
export function compiledSyntaxOf(languageId: string, section?: SectionRule): CompiledSyntax {
  const id = section ? `${languageId} until ${section.close}` : languageId;
  const cached = CACHE.get(id);
  if (cached) return cached;
  const rules = compile(id, syntaxOf(languageId), section);
  CACHE.set(id, rules);
  return rules;
}

type Alternative = readonly [source: string, found: CodeToken];

function compile(id: string, syntax: Syntax, section: SectionRule | undefined): CompiledSyntax {
  const alternatives = alternativesOf(syntax, section);
  let group = 1;
  const found = alternatives.map(([source, what]) => {
    const its = { group, found: what };
    group += 1 + groupsIn(source);
    return its;
  });
  const pattern = alternatives.map(([source]) => `(${source})`).join('|');
  return {
    id,
    syntax,
    code: new RegExp(pattern === '' ? '(?!)' : pattern, syntax.ignoreCase ? 'gi' : 'g'),
    found,
    ...(section ? { section: { rule: section, end: new RegExp(endOf(section), 'gi') } } : {}),
  };
}

/** In the order in which they are tried where several begin at the same character. */
function alternativesOf(syntax: Syntax, section: SectionRule | undefined): Alternative[] {
  const { atoms = [], block = [], line = [], heredocs = [], strings = [], sections = [] } = syntax;
  return [
    ...(section ? [[endOf(section), { kind: 'section-end' }] as const] : []),
    ...atoms.map(source => [source, { kind: 'atom' }] as const),
    ...block.map(rule => [rule.open, { kind: 'block', rule }] as const),
    ...line.map(source => [source, { kind: 'line' }] as const),
    ...heredocs.map(rule => [rule.open, { kind: 'heredoc', rule }] as const),
    ...strings.map(rule => [rule.open, { kind: 'string', rule }] as const),
    ...sections.map(rule => [rule.open, { kind: 'section', rule }] as const),
    ...(syntax.regexLiterals ? [['/', { kind: 'slash' }] as const] : []),
    ...(syntax.fences ? [['`+', { kind: 'backticks' }] as const] : []),
    ...bracketsOf(syntax),
  ];
}

/** The brackets to count: all of them for statements, or those that may close an interpolation. */
function bracketsOf({ brackets, strings = [] }: Syntax): Alternative[] {
  const openers = strings.flatMap(({ interpolation }) => interpolation?.at(-1) ?? []);
  if (brackets)
    return [
      ['[([{]', { kind: 'open' }],
      ['[)\\]}]', { kind: 'close' }],
    ];
  if (openers.length === 0) return [];
  const [open, close] = openers.includes('(') ? ['\\(', '\\)'] : ['\\{', '\\}'];
  return [
    [open, { kind: 'open' }],
    [close, { kind: 'close' }],
  ];
}

function groupsIn(source: string): number {
  return (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
}

/** The pattern of a section's end; a line that is the end may be indented, or quoted. */
function endOf({ close }: SectionRule): string {
  return close.startsWith('\n') ? `^[ \\t>]{0,99}${escapeRegExp(close.slice(1))}` : escapeRegExp(close);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
