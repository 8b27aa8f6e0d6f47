import type { Diagnostic } from '../diagnostics';
import type { Annotation, DatasetAnnotation, Directive, PipelineAnnotation, TaskAnnotation } from '../model';
import { keySchema } from '../schema';
import { onLine, type TextRange } from '../text';
import { report, type Context } from './context';
import { datasetFields, pipelineFields, taskFields } from './fields';
import { readName } from './name';
import { collectPairs } from './pairs';
import { isAnnotation, nearestKey } from './recognize';
import { tokenize, type PairToken, type Piece, type Token, type WordToken } from './tokens';

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

  const context: Context = { diagnostics: [] };
  const directiveRange = onLine(first.line, column, nameColumn);
  const words = tokens.filter(token => token.kind === 'word');
  const { name, others } = readName(directive, words, directiveRange, context);
  const pairs = collectPairs(directive, tokens, context);
  if (dangling)
    report(context, 'dangling-continuation', dangling, {
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
  context: Context,
): DirectiveAndFields {
  switch (directive) {
    case 'dataset':
      reportWords(words, directive, context);
      if (!pairs.has('task'))
        report(context, 'missing-key', directiveRange, { severity: 'warning', args: ['task', '@dataset'] });
      return { directive, fields: datasetFields(pairs, context) };
    case 'task': {
      const flag = words.find(({ word }) => word.value === 'target');
      const strays = words.filter(token => token !== flag);
      reportWords(strays, directive, context);
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

function reportWords(words: readonly WordToken[], directive: Directive, context: Context): void {
  for (const { word } of words) {
    const key =
      nearestKey(directive, word.value) ?? (keySchema(directive, word.value) ? word.value : undefined);
    report(context, 'unexpected-word', word.range, { severity: 'warning', args: [word.value, key ?? ''] });
  }
}
