import type { Position } from '../common/text-ranges';
import { type AnnotatedText, stateAt } from '../language/annotated-text';
import { syntaxOf } from '../language/languages/language-registry';
import type { Syntax } from '../language/languages/syntax-definition';
import { lexLine } from '../language/lexer/comment-lexer';
import { directiveAt } from '../language/parser/annotation-parser';
import { type PlacedAnnotation, leadingDecoration } from '../language/parser/annotation-scanner';

/** A text to insert. */
export interface Insertion {
  readonly position: Position;
  readonly text: string;
  /** Whether it has places to fill in; what else it says is then `escaped`. */
  readonly isSnippet: boolean;
}

/** Text that stands for itself in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** How a comment is written: `close` is empty for one that ends with its line, `open` too inside a comment. */
export interface CommentForm {
  readonly open: string;
  readonly close: string;
}

/** What stands inside a comment already: a docstring, a block. */
const BARE: CommentForm = { open: '', close: '' };
/** Formats of data that have no comments at all. */
const WITHOUT_COMMENTS: ReadonlySet<string> = new Set(['json', 'csv', 'tsv']);

/**
 * How an annotation is commented out on a new line above `line`: the first form of the language, or of a section of
 * another inside it, that reads as a comment there. `undefined` where none does.
 */
export function commentFormAt(text: AnnotatedText, line: number): CommentForm | undefined {
  if (WITHOUT_COMMENTS.has(text.languageId)) return undefined;
  const state = stateAt(text, line);
  const indent = /^\s*/.exec(text.lines[line] ?? '')?.[0] ?? '';
  return formsOf(text.languageId).find(form => {
    let before = state;
    return toComments(form, ['@task a target']).some(each => {
      const line = indent + each;
      const { comments, next } = lexLine(line, before);
      before = next;
      return comments.some(comment =>
        directiveAt({ line: 0, text: line, ...comment }, leadingDecoration(comment)),
      );
    });
  });
}

/** As far as a place for a comment is looked for above a line that has none: inside a string, a block of code. */
const MOST_LINES_ABOVE = 200;

/** The nearest line, from `line` upwards, that an annotation can be written above, and how; `undefined` where none can. */
export function commentLineAt(
  text: AnnotatedText,
  line: number,
): { readonly line: number; readonly form: CommentForm } | undefined {
  if (WITHOUT_COMMENTS.has(text.languageId)) return undefined;
  for (let each = line; each >= Math.max(0, line - MOST_LINES_ABOVE); each--) {
    const form = commentFormAt(text, each);
    if (form) return { line: each, form };
  }
  return undefined;
}

/** Lines as comments of a form: one is closed on its line, several stand between the ends of a block. */
export function toComments({ open, close }: CommentForm, lines: readonly string[]): readonly string[] {
  if (close !== '')
    return lines.length === 1 ? [`${open} ${lines.join()} ${close}`] : [open, ...lines, close];
  return open === '' ? lines : lines.map(line => `${open} ${line}`);
}

function formsOf(languageId: string): readonly CommentForm[] {
  const syntax = syntaxOf(languageId);
  const sections = [...new Set((syntax.sections ?? []).map(({ language }) => language))];
  return [...ownForms(syntax), ...sections.flatMap(language => ownForms(syntaxOf(language))), BARE];
}

function ownForms({ line = [], block = [] }: Syntax): readonly CommentForm[] {
  return [
    ...line.map(leader => ({ open: textOf(leader), close: '' })),
    ...block.flatMap(({ open, close }) =>
      typeof close === 'string' ? [{ open: textOf(open), close: close.trim() }] : [],
    ),
  ];
}

const LOOKAROUND = /\(\?<?[=!](?:\[(?:\\.|[^\]\\])*\]|\\.|[^()\\[])*\)/g;

/** The shortest text that a leader's expression stands for: `#` for `(?<!\S)#` and for `^\s*[#;]`. */
function textOf(expression: string): string {
  return (
    expression
      .replace(LOOKAROUND, '')
      .replace(/^\^|\\s\*|\\b|\$$/g, '')
      .replace(/\(\?:([^|()]*)(?:\|[^()]*)?\)/g, '$1')
      // eslint-disable-next-line regexp/no-super-linear-move -- expressions of this program's own languages
      .replace(/\[(.)[^\]]*\](?![*+])/g, '$1')
      .replace(/.\?/g, '')
      .replace(/\\(.)/g, '$1')
  );
}

/** What is written around the words of a new annotation, and where. */
export interface LineBelow {
  readonly position: Position;
  readonly before: string;
  readonly after: string;
}

const CLOSERS: ReadonlySet<string> = new Set(['-->', '*/', '*)', '-}', '|#', '=#', '#>', '}']);

/** The line below an annotation, in its comment or one of the same kind; `undefined` where none is safe. */
export function lineBelow(text: AnnotatedText, placed: PlacedAnnotation): LineBelow | undefined {
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
  { annotation, first, last }: PlacedAnnotation,
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
