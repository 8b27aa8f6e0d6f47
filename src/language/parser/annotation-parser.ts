import { trimEndWhere } from '../../common/trim-text';
import { closestMatch } from '../../common/edit-distance';
import { type Located, type TextRange, onLine } from '../../common/text-ranges';
import {
  type Diagnostic,
  type DiagnosticCollector,
  type Fix,
  replacementFix,
  report,
} from '../annotation-diagnostics';
import type {
  Annotation,
  DatasetAnnotation,
  Directive,
  PipelineAnnotation,
  TaskAnnotation,
} from '../annotation-model';
import { KEYS, keySchema } from '../key-schema';
import { isName } from '../value-syntax';
import { datasetFields, pipelineFields, taskFields } from './annotation-fields';
import { type PairToken, type Piece, type RawValue, type Token, type WordToken, tokenize } from './tokenizer';

/**
 * Whether a comment that begins with `@dataset`, `@task` or `@pipeline` is meant as an annotation.
 * A to-do (`@task fix this`) and a JSDoc tag (`@task {string} name`) have no `key=value` and are left
 * alone, and so is prose in which an equals sign merely occurs.
 */
function isAnnotation(directive: Directive, tokens: readonly Token[]): boolean {
  const words = tokens.flatMap(token => (token.kind === 'word' ? [token.word.value] : []));
  const keys = tokens.flatMap(token => (token.kind === 'pair' ? [token.key.value] : []));
  if (words[0]?.startsWith('{')) return false;
  if (directive === 'pipeline' && words.slice(1).some(word => word.includes('->'))) return true;
  if (directive === 'task' && keys.length === 0)
    return words.length === 2 && words[1] === 'target' && isName(words[0] ?? '');
  if (keys.some(key => keySchema(directive, key) ?? nearestKey(directive, key))) return true;
  return keys.length > 0 && words.length <= 2;
}

const KNOWN_KEYS: Readonly<Record<Directive, readonly string[]>> = {
  dataset: namesOf('dataset'),
  task: namesOf('task'),
  pipeline: namesOf('pipeline'),
};

function namesOf(directive: Directive): readonly string[] {
  return KEYS[directive].flatMap(({ key, aliases = [] }) => [key, ...aliases]);
}

/** The key of the language that `word` is most likely a slip of. */
function nearestKey(directive: Directive, word: string): string | undefined {
  const written = word.replaceAll('-', '_');
  const lower = written.toLowerCase();
  return (
    closestMatch(written, KNOWN_KEYS[directive]) ??
    KNOWN_KEYS[directive].find(key => key === lower && key !== word)
  );
}

/** The name an annotation gives, and the words that follow it. */
export interface Named {
  readonly name?: Located<string>;
  readonly others: readonly WordToken[];
}

/** Reads the first word as the name. A pipeline's may end in a colon, with or without space, and its chain may stick to that. */
function readName(
  directive: Directive,
  words: readonly WordToken[],
  directiveRange: TextRange,
  context: DiagnosticCollector,
): Named {
  const [first, ...others] = words;
  if (!first || first.word.value.startsWith(':')) {
    report(context, { code: 'missing-name', directive }, first?.word.range ?? directiveRange);
    return { others: first ? behindColon(words) : [] };
  }
  const { value, range } = first.word;
  const colon = value.indexOf(':');
  const bare = colon < 0 ? value : value.slice(0, colon);
  if (!isName(bare)) report(context, { code: 'bad-name', name: value }, range);
  else if (directive !== 'pipeline' && colon >= 0)
    // A colon at the end is a slip; one inside may mean anything.
    report(
      context,
      { code: 'bad-name', name: value },
      range,
      replacementFix(range, colon === value.length - 1 ? bare : undefined),
    );
  return {
    name: {
      value: bare,
      range: onLine(range.start.line, range.start.column, range.start.column + bare.length),
    },
    others:
      directive !== 'pipeline'
        ? others
        : colon < 0
          ? behindColon(others)
          : sticking(first, colon + 1, others),
  };
}

/** The words without the colon that the first of them is or begins with. */
function behindColon(words: readonly WordToken[]): readonly WordToken[] {
  const [first, ...others] = words;
  return first?.word.value.startsWith(':') ? sticking(first, 1, others) : words;
}

/** What is left of a word behind its first `count` characters, before the others. */
function sticking({ word }: WordToken, count: number, others: readonly WordToken[]): readonly WordToken[] {
  const rest = word.value.slice(count);
  if (rest === '') return others;
  const { start, end } = word.range;
  return [
    { kind: 'word', word: { value: rest, range: onLine(start.line, start.column + count, end.column) } },
    ...others,
  ];
}

/** The pairs by the proper name of their key. Whatever is wrong with a key is reported, and the pair left out. */
function collectPairs(
  directive: Directive,
  tokens: readonly Token[],
  context: DiagnosticCollector,
): ReadonlyMap<string, PairToken> {
  const pairs = new Map<string, PairToken>();
  for (const token of tokens) {
    if (token.kind !== 'pair') continue;
    const { key, value } = token;
    const schema = keySchema(directive, key.value);
    if (!schema) reportUnknown(directive, token, context);
    else if (schema.kind === 'flag') report(context, { code: 'unexpected-word', word: key.value }, key.range);
    else if (['', '"', '""'].includes(value.raw))
      report(context, { code: 'missing-value', key: key.value, example: schema.example }, key.range);
    else if (pairs.has(schema.key))
      report(context, { code: 'duplicate-key', key: key.value }, key.range, { severity: 'warning' });
    else {
      if (value.unclosed)
        report(context, { code: 'unclosed-quote' }, value.range, { fix: closingQuote(value) });
      pairs.set(schema.key, token);
    }
  }
  return pairs;
}

function reportUnknown(directive: Directive, { key }: PairToken, context: DiagnosticCollector): void {
  const nearest = nearestKey(directive, key.value);
  const known = KEYS[directive].map(each => each.key);
  report(
    context,
    { code: 'unknown-key', key: key.value, nearest, known },
    key.range,
    replacementFix(key.range, nearest),
  );
}

/** The quote that is missing; a backslash before it would take it for a letter and is doubled. */
function closingQuote({ raw, range }: RawValue): Fix {
  const backslashes = raw.length - trimEndWhere(raw, character => character === '\\').length;
  return {
    range: { start: range.end, end: range.end },
    newText: backslashes % 2 === 1 ? '\\"' : '"',
  };
}

/** The offset of the directive in the first piece. */
export interface DirectiveMark {
  readonly directive: Directive;
  /** The column of the `@`. */
  readonly column: number;
}

const DIRECTIVE = /@(dataset|task|pipeline)(?=\s|$)/y;

/** The directive that a comment begins with, after white space and the ornaments of its leader (`///`, ` * `, `#'`). */
export function directiveAt(piece: Piece, ornaments: RegExp): DirectiveMark | undefined {
  ornaments.lastIndex = piece.start;
  const column = ornaments.test(piece.text) ? ornaments.lastIndex : piece.start;
  DIRECTIVE.lastIndex = column;
  const directive = DIRECTIVE.exec(piece.text.slice(0, piece.end))?.[1];
  return directive === 'dataset' || directive === 'task' || directive === 'pipeline'
    ? { directive, column }
    : undefined;
}

/**
 * Reads one annotation from its pieces (one for each line it continues over). `undefined` where the
 * comment merely begins with such a word. One bad value never hides the next.
 */
export function parseAnnotation(
  { directive, column }: DirectiveMark,
  pieces: readonly Piece[],
  dangling?: TextRange,
): Annotation | undefined {
  const [first, ...rest] = pieces;
  if (!first) return undefined;
  const nameColumn = column + 1 + directive.length;
  const tokens = tokenize(
    [{ ...first, start: nameColumn }, ...rest],
    word => keySchema(directive, word) !== undefined,
  );
  if (!isAnnotation(directive, tokens)) return undefined;

  const context: DiagnosticCollector = { diagnostics: [] };
  const directiveRange = onLine(first.line, column, nameColumn);
  const words = tokens.filter(token => token.kind === 'word');
  const { name, others } = readName(directive, words, directiveRange, context);
  const pairs = collectPairs(directive, tokens, context);
  if (dangling)
    report(context, { code: 'dangling-continuation' }, dangling, {
      severity: 'warning',
      fix: { range: dangling, newText: '' },
    });
  const fields = readFields(directive, pairs, others, directiveRange, context);
  return {
    ...fields,
    ...(name ? { name } : {}),
    range: { start: directiveRange.start, end: endOf(tokens.at(-1)) ?? directiveRange.end },
    directiveRange,
    keys: Object.fromEntries([...pairs].map(([key, pair]) => [key, pair.key])),
    diagnostics: context.diagnostics.sort(byPosition),
  };
}

type DirectiveAndFields =
  | Pick<DatasetAnnotation, 'directive' | 'fields'>
  | Pick<TaskAnnotation, 'directive' | 'fields'>
  | Pick<PipelineAnnotation, 'directive' | 'fields'>;

function readFields(
  directive: Directive,
  pairs: ReadonlyMap<string, PairToken>,
  words: readonly WordToken[],
  directiveRange: TextRange,
  context: DiagnosticCollector,
): DirectiveAndFields {
  switch (directive) {
    case 'dataset':
      reportWords(words, context);
      if (!pairs.has('task'))
        report(context, { code: 'missing-key', directive, key: 'task' }, directiveRange, {
          severity: 'warning',
        });
      return { directive, fields: datasetFields(pairs, context) };
    case 'task': {
      const flag = words.find(({ word }) => word.value === 'target');
      const strays = words.filter(token => token !== flag);
      reportWords(strays, context);
      return { directive, fields: taskFields(pairs, context, flag) };
    }
    case 'pipeline':
      return { directive, fields: pipelineFields(pairs, context, words, directiveRange) };
  }
}

function byPosition({ range: { start: a } }: Diagnostic, { range: { start: b } }: Diagnostic): number {
  return a.line - b.line || a.column - b.column;
}

function endOf(token: Token | undefined): TextRange['end'] | undefined {
  return token?.kind === 'pair' ? token.value.range.end : token?.word.range.end;
}

function reportWords(words: readonly WordToken[], context: DiagnosticCollector): void {
  for (const { word } of words)
    report(context, { code: 'unexpected-word', word: word.value }, word.range, { severity: 'warning' });
}
