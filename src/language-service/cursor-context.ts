import { type Position, type TextRange, onLine } from '../common/text-ranges';
import { type AnnotatedText, commentsAt } from '../language/annotated-text';
import type { Directive } from '../language/annotation-model';
import type { Comment } from '../language/lexer/line-scanner';
import { firstContinuedLine, leadingDecoration } from '../language/parser/annotation-scanner';
import { printStep } from '../language/value-syntax';

/** What is being written where the cursor stands. */
export type CursorContext =
  | { readonly kind: 'directive'; readonly range: TextRange; readonly leader: string | undefined }
  | { readonly kind: 'name'; readonly directive: Directive; readonly range: TextRange }
  | {
      readonly kind: 'key';
      readonly directive: Directive;
      readonly range: TextRange;
      /** As written so far in the annotation. */
      readonly used: ReadonlySet<string>;
    }
  | { readonly kind: 'step'; readonly range: TextRange; readonly used: ReadonlySet<string> }
  | {
      readonly kind: 'value';
      readonly directive: Directive;
      readonly key: string;
      /** Of the element of a list that the cursor is in, or of what stands behind its colon. */
      readonly range: TextRange;
      /** What stands before the colon of the element: `train` in `splits=train:|`. */
      readonly of: string | undefined;
      /** The other elements of the list. */
      readonly others: ReadonlySet<string>;
      readonly own: OwnNames;
    };

/** What the annotation that is being written says of itself, behind the cursor too. */
export interface OwnNames {
  readonly name?: string;
  /** Tasks that a dataset is for. */
  readonly tasks: readonly string[];
  /** Steps of a pipeline's chain: `audio->phonemes`. */
  readonly steps: readonly string[];
}

/** Longer lines are data or minified code. */
const LONGEST_LINE = 5000;
const DIRECTIVES: readonly Directive[] = ['dataset', 'task', 'pipeline'];

/** What may be written at a position; `undefined` wherever no annotation can stand, or no word of one. */
export function cursorContextAt(text: AnnotatedText, position: Position): CursorContext | undefined {
  const line = text.lines[position.line];
  if (line === undefined || line.length > LONGEST_LINE) return undefined;
  const first = firstContinuedLine(text.lines, position.line);
  // Where no line of it has an @ there is no annotation, and most keystrokes end here.
  if (!text.lines.slice(first, position.line + 1).some(each => each.includes('@'))) return undefined;
  for (let start = position.line; start >= first; start--) {
    const before = beforeCursor(text, start, position);
    if (before) return readBefore(before, line, position, ownNames(text, { line: start, column: before.at }));
  }
  return undefined;
}

/** The text of an annotation from its `@` up to the cursor. */
interface TextBeforeCursor {
  readonly text: string;
  /** What stands before the `@` of a line comment that has its line to itself. */
  readonly leader: string | undefined;
  /** Where the `@` stands, if it stands on the cursor's line. */
  readonly column: number | undefined;
  /** The column of the `@` on the line it stands on. */
  readonly at: number;
}

function ownNames({ placed }: AnnotatedText, { line, column }: Position): OwnNames {
  const annotation = placed.find(
    ({ annotation: { range } }) => range.start.line === line && range.start.column === column,
  )?.annotation;
  const name = annotation?.name?.value;
  const chain =
    annotation?.directive === 'pipeline'
      ? (annotation.fields.steps?.value ?? []).map(({ value }) => value)
      : [];
  return {
    ...(name === undefined ? {} : { name }),
    tasks:
      annotation?.directive === 'dataset'
        ? (annotation.fields.task?.value ?? []).map(({ value }) => value.name)
        : [],
    steps: chain.slice(1).map((to, i) => printStep({ from: chain[i] ?? '', to })),
  };
}

function beforeCursor(
  text: AnnotatedText,
  first: number,
  { line, column }: Position,
): TextBeforeCursor | undefined {
  const whole = text.lines[first] ?? '';
  const opening = comments(text, first, first === line ? column : undefined).find(
    ({ at }) => whole[at] === '@',
  );
  if (!opening) return undefined;
  const parts: string[] = [];
  for (let each = first; each < line; each++) {
    const part = (text.lines[each] ?? '').trimEnd().replace(/\\$/, '');
    parts.push(
      each === first ? part.slice(opening.at) : part.slice(comments(text, each, undefined)[0]?.at ?? 0),
    );
  }
  const last = first === line ? opening : comments(text, line, column)[0];
  if (!last || column < last.at || column > last.end) return undefined;
  parts.push((text.lines[line] ?? '').slice(last.at, column));
  const lead = whole.slice(0, opening.at);
  return {
    text: parts.join(' '),
    leader: opening.kind === 'line' && lead.trim() === opening.leader ? lead : undefined,
    column: first === line ? opening.at : undefined,
    at: opening.at,
  };
}

/** The comments of a line, those around a column only where one is given, and where their text begins. */
function comments(
  text: AnnotatedText,
  line: number,
  column: number | undefined,
): readonly (Comment & { readonly at: number })[] {
  const whole = text.lines[line] ?? '';
  return commentsAt(text, line)
    .filter(({ start, end }) => column === undefined || (start <= column && column <= end))
    .map(comment => {
      const lead = leadingDecoration(comment);
      lead.lastIndex = comment.start;
      return { ...comment, at: lead.test(whole) ? Math.min(lead.lastIndex, comment.end) : comment.start };
    });
}

function readBefore(
  before: TextBeforeCursor,
  line: string,
  position: Position,
  own: OwnNames,
): CursorContext | undefined {
  const { text } = before;
  const typed = /^@(\w*)$/.exec(text);
  if (typed && before.column !== undefined)
    return {
      kind: 'directive',
      range: onLine(position.line, before.column, endOfWord(line, position.column)),
      leader: before.leader,
    };
  const directive = DIRECTIVES.find(each => new RegExp(`^@${each}\\s`).test(text));
  return directive && readWords(directive, text.slice(directive.length + 1), line, position, own);
}

const WORDS = /[^\s=]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"?|[^\s"])*)?|\S+/g;

function readWords(
  directive: Directive,
  text: string,
  line: string,
  position: Position,
  own: OwnNames,
): CursorContext | undefined {
  const words = [...text.matchAll(WORDS)];
  const isInWord =
    words.length > 0 && (words.at(-1)?.index ?? 0) + (words.at(-1)?.[0].length ?? 0) === text.length;
  const current = isInWord ? (words.at(-1)?.[0] ?? '') : '';
  const earlier = (isInWord ? words.slice(0, -1) : words).map(([word]) => word);
  const pairs = earlier.filter(word => word.includes('='));
  const plain = earlier.filter(word => !word.includes('='));
  const equals = current.indexOf('=');
  if (equals >= 0)
    return {
      ...valueCursor(directive, current.slice(0, equals).trim(), current.slice(equals + 1), line, position),
      own,
    };
  const range = onLine(position.line, position.column - current.length, endOfWord(line, position.column));
  if (earlier.length === 0) {
    // The chain may stick to the colon behind a pipeline's name.
    return directive === 'pipeline' && current.includes(':')
      ? stepCursor(current.slice(current.indexOf(':') + 1), [], line, position)
      : { kind: 'name', directive, range };
  }
  const used = new Set([...pairs.map(pair => pair.slice(0, pair.indexOf('=')).trim()), ...plain]);
  if (directive === 'pipeline')
    return pairs.length > 0 ||
      (/[\w.-]$/.test(plain.slice(1).at(-1) ?? '') && current !== '->' && current !== '-')
      ? { kind: 'key', directive, range, used }
      : stepCursor(current, plain, line, position);
  // Prose may begin with such a word; more than a name and a flag is prose.
  if (plain.filter(word => word !== 'target').length > 1) return undefined;
  return { kind: 'key', directive, range, used };
}

/** A name of the chain `audio -> phonemes -> words`, with or without spaces. */
function stepCursor(
  current: string,
  earlier: readonly string[],
  line: string,
  { line: number, column }: Position,
): CursorContext {
  const typed = current.split('->').at(-1) ?? '';
  const used = [...earlier.slice(1), ...current.split('->').slice(0, -1)].filter(word => word !== '->');
  return {
    kind: 'step',
    range: onLine(number, column - typed.length, endOfWord(line, column)),
    used: new Set(used),
  };
}

function valueCursor(
  directive: Directive,
  key: string,
  written: string,
  line: string,
  { line: number, column }: Position,
): Omit<Extract<CursorContext, { readonly kind: 'value' }>, 'own'> {
  const value = written.trimStart().replace(/^"/, '');
  const elements = value.split(',');
  const element = elements.at(-1) ?? '';
  // `image:224x224x3` is one value; in lists of pairs what stands before the colon is a name.
  const isPair = PAIRS.has(key) && element.includes(':');
  const typed = isPair ? element.slice(element.indexOf(':') + 1) : element;
  return {
    kind: 'value',
    directive,
    key,
    range: onLine(number, column - typed.trimStart().length, endOfValue(line, column)),
    of: isPair ? element.slice(0, element.indexOf(':')).trim() : undefined,
    others: new Set(elements.slice(0, -1).map(other => other.split(':')[0]?.trim() ?? '')),
  };
}

const PAIRS: ReadonlySet<string> = new Set(['splits', 'labels_present', 'label', 'modules']);

function endOfWord(line: string, column: number): number {
  return column + (/^[\p{L}\p{M}\p{N}_.-]*/u.exec(line.slice(column))?.[0].length ?? 0);
}

function endOfValue(line: string, column: number): number {
  return column + (/^[^\s,"\\]*/.exec(line.slice(column))?.[0].length ?? 0);
}
