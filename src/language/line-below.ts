import type { AnnotatedText } from '../annotations/document';
import type { Placed } from '../annotations/parser/scan';
import type { Position } from '../annotations/text';

/** What is written around the words of a new annotation, and where. */
export interface LineBelow {
  readonly position: Position;
  readonly before: string;
  readonly after: string;
}

const CLOSERS: ReadonlySet<string> = new Set(['-->', '*/', '*)', '-}', '|#', '=#', '#>', '}']);

/** The line below an annotation, in its comment or one of the same kind; `undefined` where none is safe. */
export function lineBelow(text: AnnotatedText, placed: Placed): LineBelow | undefined {
  const around = commentBelow(text, placed);
  if (!around) return undefined;
  const next = placed.last + 1;
  if (next < text.lines.length)
    return { position: { line: next, column: 0 }, before: around.before, after: `${around.after}\n` };
  const position = { line: placed.last, column: text.lines[placed.last]?.length ?? 0 };
  return { position, before: `\n${around.before}`, after: around.after };
}

function commentBelow(
  { lines, comments }: AnnotatedText,
  { annotation, first, last }: Placed,
): Pick<LineBelow, 'before' | 'after'> | undefined {
  const { line, column } = annotation.range.start;
  const whole = lines[line] ?? '';
  const comment = comments[line]?.find(({ start, end }) => start <= column && column <= end);
  const end = lines[last] ?? '';
  if (!comment) return undefined;
  const lead = whole.slice(0, column);
  const opener = whole.slice(0, comment.start).trim();
  // Behind code it is not certain what goes below it.
  if (comment.kind === 'line') return opener === comment.leader ? { before: lead, after: '' } : undefined;
  const goesOn = (comments[last] ?? []).at(-1)?.end === end.length;
  if (goesOn && comment.start === 0 && /^[\s*!|]*$/.test(lead)) return { before: lead, after: '' };
  if (goesOn && opener === comment.leader) {
    const indent = /^\s*/.exec(whole)?.[0] ?? '';
    return { before: indent + (comment.leader === '/*' ? ' * ' : ''), after: '' };
  }
  const closer = end.slice(comment.end).trim();
  const isAlone = first === last && comment.kind === 'block' && opener === comment.leader;
  return isAlone && CLOSERS.has(closer) ? { before: lead, after: ` ${closer}` } : undefined;
}
