import { stateAt, type AnnotatedText } from '../annotations/document';
import { syntaxOf } from '../annotations/languages/lookup';
import type { Syntax } from '../annotations/languages/syntax';
import { lexLine } from '../annotations/lexer/comments';
import { directiveAt } from '../annotations/parser/annotation';
import { ornaments } from '../annotations/parser/scan';

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
    return commented(form, ['@task a target']).some(each => {
      const line = indent + each;
      const { comments, next } = lexLine(line, before);
      before = next;
      return comments.some(comment => directiveAt({ line: 0, text: line, ...comment }, ornaments(comment)));
    });
  });
}

/** As far as a place for a comment is looked for above a line that has none: inside a string, a block of code. */
const MOST_LINES_ABOVE = 200;

/** The nearest line, from `line` upwards, that an annotation can be written above, and how; `undefined` where none can. */
export function commentPlaceAt(
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
export function commented({ open, close }: CommentForm, lines: readonly string[]): readonly string[] {
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
  return expression
    .replace(LOOKAROUND, '')
    .replace(/^\^|\\s\*|\\b|\$$/g, '')
    .replace(/\(\?:([^|()]*)[^()]*\)/g, '$1')
    .replace(/\[(.)[^\]]*\](?![*+])/g, '$1')
    .replace(/.\?/g, '')
    .replace(/\\(.)/g, '$1');
}
