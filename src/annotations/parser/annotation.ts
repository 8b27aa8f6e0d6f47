import type { Annotation, DatasetFields, Directive, PipelineFields, TaskFields } from '../model';
import { KEYS, keySchema } from '../schema';
import { onLine, type Located, type TextRange } from '../text';
import { isName } from '../values';
import { readChain } from './chain';
import { replaceBy, report, type Context } from './context';
import * as read from './readers';
import { isAnnotation, nearestKey } from './recognize';
import { tokenize, type PairToken, type Piece, type RawValue, type Token, type WordToken } from './tokens';

/** Where the directive stands in the first piece. */
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
  mark: DirectiveMark,
  pieces: readonly Piece[],
  dangling?: TextRange,
): Annotation | undefined {
  const [first, ...rest] = pieces;
  if (!first) return undefined;
  const nameColumn = mark.column + 1 + mark.directive.length;
  const tokens = tokenize(
    [{ ...first, start: nameColumn }, ...rest],
    word => keySchema(mark.directive, word) !== undefined,
  );
  if (!isAnnotation(mark.directive, tokens)) return undefined;

  const context: Context = { diagnostics: [] };
  const directiveRange = onLine(first.line, mark.column, nameColumn);
  const words = tokens.filter(token => token.kind === 'word');
  const name = readName(mark.directive, words, directiveRange, context);
  const values = collectValues(mark.directive, tokens, context);
  const others = name ? afterName(mark.directive, words) : words;
  if (dangling)
    report(context, 'dangling-continuation', dangling, {
      severity: 'warning',
      fix: { range: dangling, newText: '' },
    });
  const range = {
    start: directiveRange.start,
    end: (tokens.at(-1) ? endOf(tokens.at(-1)) : undefined) ?? directiveRange.end,
  };
  const keys = Object.fromEntries([...values].map(([key, pair]) => [key, pair.key]));
  const base = { ...(name ? { name } : {}), range, directiveRange, keys, diagnostics: context.diagnostics };
  const get = valueGetter(values, context);
  switch (mark.directive) {
    case 'dataset': {
      reportWords(others, mark.directive, context);
      const fields = datasetFields(get, context);
      if (!values.has('task'))
        report(context, 'missing-key', directiveRange, { severity: 'warning', args: ['task', '@dataset'] });
      return { directive: 'dataset', fields, ...base };
    }
    case 'task': {
      const flag = others.find(({ word }) => word.value === 'target');
      reportWords(
        others.filter(token => token !== flag),
        mark.directive,
        context,
      );
      return { directive: 'task', fields: taskFields(get, context, flag), ...base };
    }
    case 'pipeline':
      return { directive: 'pipeline', fields: pipelineFields(get, context, others, directiveRange), ...base };
  }
}

function endOf(token: Token | undefined): TextRange['end'] | undefined {
  return token?.kind === 'pair' ? token.value.range.end : token?.word.range.end;
}

function readName(
  directive: Directive,
  words: readonly WordToken[],
  directiveRange: TextRange,
  context: Context,
): Located<string> | undefined {
  const word = words[0]?.word;
  if (!word) {
    report(context, 'missing-name', directiveRange, { args: [`@${directive}`] });
    return undefined;
  }
  const colon = word.value.indexOf(':');
  const bare = colon < 0 ? word.value : word.value.slice(0, colon);
  const name = {
    value: bare,
    range: onLine(word.range.start.line, word.range.start.column, word.range.start.column + bare.length),
  };
  const stray = directive !== 'pipeline' && colon >= 0;
  if (stray || !isName(bare))
    report(context, 'bad-name', word.range, {
      args: [word.value],
      ...replaceBy(word.range, isName(bare) ? bare : undefined),
    });
  return bare === '' ? undefined : name;
}

/** The words behind the name; for a pipeline without the colon, and with what sticks to it (`x:a->b`). */
function afterName(directive: Directive, words: readonly WordToken[]): readonly WordToken[] {
  const [first, ...rest] = words;
  if (directive !== 'pipeline' || !first) return rest;
  const { value, range } = first.word;
  const colon = value.indexOf(':');
  if (colon >= 0 && colon < value.length - 1) return [dropped(first, colon + 1), ...rest];
  const [second, ...more] = rest;
  if (colon < 0 && second?.word.value.startsWith(':'))
    return second.word.value === ':' ? more : [dropped(second, 1), ...more];
  return range.end.column > range.start.column ? rest : words;
}

function dropped({ word }: WordToken, count: number): WordToken {
  const { start, end } = word.range;
  return {
    kind: 'word',
    word: { value: word.value.slice(count), range: onLine(start.line, start.column + count, end.column) },
  };
}

function collectValues(
  directive: Directive,
  tokens: readonly Token[],
  context: Context,
): ReadonlyMap<string, PairToken> {
  const values = new Map<string, PairToken>();
  for (const token of tokens) {
    if (token.kind !== 'pair') continue;
    const { key, value } = token;
    const schema = keySchema(directive, key.value);
    if (!schema) {
      const near = nearestKey(directive, key.value);
      report(context, 'unknown-key', key.range, {
        args: [key.value, near ?? '', KEYS[directive].map(known => known.key).join(', ')],
        ...replaceBy(key.range, near),
      });
    } else if (schema.kind === 'flag') report(context, 'unexpected-word', key.range, { args: [key.value] });
    else if (value.raw === '' || value.raw === '""')
      report(context, 'missing-value', key.range, { args: [key.value, schema.example] });
    else if (values.has(schema.key))
      report(context, 'duplicate-key', key.range, { severity: 'warning', args: [key.value] });
    else {
      if (value.unclosed)
        report(context, 'unclosed-quote', value.range, {
          fix: { range: { start: value.range.end, end: value.range.end }, newText: '"' },
        });
      values.set(schema.key, token);
    }
  }
  return values;
}

function reportWords(words: readonly WordToken[], directive: Directive, context: Context): void {
  for (const { word } of words) {
    const key =
      nearestKey(directive, word.value) ?? (keySchema(directive, word.value) ? word.value : undefined);
    report(context, 'unexpected-word', word.range, { severity: 'warning', args: [word.value, key ?? ''] });
  }
}

type Get = <T>(
  key: string,
  reader: (value: RawValue, context: Context) => Located<T> | undefined,
) => Located<T> | undefined;

function valueGetter(values: ReadonlyMap<string, PairToken>, context: Context): Get {
  return (key, reader) => {
    const pair = values.get(key);
    return pair && reader(pair.value, context);
  };
}

function datasetFields(get: Get, context: Context): DatasetFields {
  const unit = get('unit', read.readUnit);
  // Hours come in fractions; examples, sentences and the like do not.
  const fractions = unit !== undefined && ['hours', 'minutes', 'seconds'].includes(unit.value);
  const fields = {
    task: get('task', read.readTasks),
    input: get('input', read.readInput),
    num_examples: get('num_examples', fractions ? read.readNumber : read.readCount),
    unit,
    splits: get('splits', read.readSplits),
    labels_present: get('labels_present', read.readShares),
    label: get('label', read.readColumns),
    positive: get('positive', read.readText),
    path: get('path', read.readText),
    group: get('group', read.readText),
    sensor: get('sensor', read.readText),
    instances_per_example: get('instances_per_example', read.readPositive),
    source_datasets: get('source_datasets', read.readNames),
  };
  if (!fractions)
    for (const { count } of fields.splits?.value ?? [])
      if (!Number.isInteger(count.value))
        report(context, 'bad-number', count.range, { args: [String(count.value)] });
  return present(fields);
}

function taskFields(get: Get, _context: Context, flag: WordToken | undefined): TaskFields {
  return present({
    target: flag ? { value: true as const, range: flag.word.range } : undefined,
    category: get('category', read.readCategory),
    input: get('input', read.readInput),
    output: get('output', read.readOutput),
    metric: get('metric', read.readText),
    shares_features_with: get('shares_features_with', read.readSharedFeatures),
    num_params: get('num_params', read.readCount),
    train: get('train', read.readText),
  });
}

function pipelineFields(
  get: Get,
  context: Context,
  words: readonly WordToken[],
  directiveRange: TextRange,
): PipelineFields {
  const chain = readChain(words, context);
  const [first] = chain;
  const last = chain.at(-1);
  if (chain.length < 2) report(context, 'pipeline-too-short', first?.range ?? directiveRange);
  const steps =
    first && last ? { value: chain, range: { start: first.range.start, end: last.range.end } } : undefined;
  return present({ steps, engineered: get('engineered', read.readSteps) });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are not there, so that absence is absence and not `undefined`. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
