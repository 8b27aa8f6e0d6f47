import { type AnnotatedText, type TextEdit, editText, parseText } from '../../language/annotated-text';

/** More edits at once than this are cheaper to read as a new text. */
const MANY_EDITS = 50;

/** The text of a document after a change, as the editor has it. */
export interface ChangedText {
  readonly languageId: string;
  readonly lineCount: number;
  readonly line: (index: number) => string;
  readonly whole: () => string;
  /** Whether no change was missed since the text that is edited. */
  readonly follows: boolean;
}

/**
 * The annotated text after an edit: only what it touched is read again. Where the outcome is not what the
 * editor has (a change was missed, or lines are counted otherwise), all of it is.
 * @param edits from the end of the text to its beginning, as they do not shift each other then
 */
export function applyEdits(
  before: AnnotatedText,
  edits: readonly TextEdit[],
  document: ChangedText,
): AnnotatedText {
  if (edits.length > MANY_EDITS || before.languageId !== document.languageId) return reread(document);
  const after = edits.reduce(editText, before);
  return isSame(after, edits, document) ? after : reread(document);
}

function reread(document: ChangedText): AnnotatedText {
  return parseText(document.whole(), document.languageId);
}

function isSame(text: AnnotatedText, edits: readonly TextEdit[], document: ChangedText): boolean {
  if (text.lines.length !== document.lineCount) return false;
  const same = (line: number): boolean => text.lines[line] === document.line(line);
  if (!document.follows) return text.lines.every((_, line) => same(line));
  return touchedLines(edits).every(({ first, last }) => {
    for (let line = first; line <= last; line++) if (!same(line)) return false;
    return true;
  });
}

/** The lines that edits touched, as they are numbered after them. */
export function touchedLines(
  edits: readonly TextEdit[],
): readonly { readonly first: number; readonly last: number }[] {
  let delta = 0;
  return [...edits].reverse().map(({ range, text }) => {
    const added = text.split(/\r\n|\r|\n/).length - 1;
    const first = range.start.line + delta;
    delta += added - (range.end.line - range.start.line);
    return { first, last: first + added };
  });
}

const DIRECTIVES = ['dataset', 'task', 'pipeline'];

/** Whether a touched line looks as if an annotation were being typed in it: it cannot be read, or not yet. */
export function isHalfTyped(after: AnnotatedText, edits: readonly TextEdit[]): boolean {
  return touchedLines(edits).some(({ first, last }) => {
    const touched = after.placed.filter(placed => placed.first <= last && placed.last >= first);
    if (touched.some(({ annotation }) => annotation.diagnostics.length > 0)) return true;
    return after.lines
      .slice(first, last + 1)
      .some(
        (line, i) =>
          looksLikeAnnotation(line) &&
          !touched.some(placed => placed.first <= first + i && placed.last >= first + i),
      );
  });
}

function looksLikeAnnotation(line: string): boolean {
  const word = /@(\w*)/.exec(line)?.[1];
  return word !== undefined && DIRECTIVES.some(name => name.startsWith(word) || word.startsWith(name));
}

/** Where a line is after an edit; `undefined` where the edit removed it. */
export function shiftedLine(line: number, { range, text }: TextEdit): number | undefined {
  const { start, end } = range;
  if (start.line > line || (start.line === line && start.column > 0)) return line;
  const delta = text.split(/\r\n|\r|\n/).length - 1 - (end.line - start.line);
  if (end.line > line && text === '') return undefined;
  return end.line <= line ? line + delta : start.line;
}
