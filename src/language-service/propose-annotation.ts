import type { Position } from '../common/text-ranges';
import type { AnnotatedText } from '../language/annotated-text';
import { quote } from '../language/parser/tokenizer';
import { isName } from '../language/value-syntax';
import { commentFormAt, escapeSnippet, toComments } from './comment-insertion';
import type { DataCall } from './data-loading-calls';

/** How many examples there are, and in which splits. */
export interface CountedSize {
  readonly value: number;
  readonly splits?: Readonly<Record<string, number>>;
}

/** An annotation to insert above a line, what is not known to be filled in. */
export interface ProposedAnnotation {
  readonly name: string;
  readonly position: Position;
  /** A snippet: the task is its first place to fill in. */
  readonly snippet: string;
}

/**
 * The annotation of a dataset that the code reads; `undefined` where no comment can stand above it.
 * @param taken the names of datasets that there are
 * @param size what was counted; it is to be filled in where nothing was
 */
export function proposeAnnotation(
  text: AnnotatedText,
  { name: wanted, modality, path, id, line }: DataCall,
  taken: ReadonlySet<string>,
  size?: CountedSize,
): ProposedAnnotation | undefined {
  const form = commentFormAt(text, line);
  if (!form) return undefined;
  const name = unused(wanted, taken);
  const indent = /^\s*/.exec(text.lines[line] ?? '')?.[0] ?? '';
  const words = [
    `@dataset ${name}`,
    'task=${1:task}',
    modality === undefined ? 'input=${2|image,audio,text,tabular,video,sequence|}' : `input=${modality}`,
    size ? sizeOf(size) : 'num_examples=${3:1k}',
    ...(path === undefined ? [] : [`path=${escapeSnippet(quote(path))}`]),
    ...(id === undefined ? [] : [`source_datasets=${escapeSnippet(id)}`]),
  ];
  const lines = toComments(form, [words.join(' ')]).map(each => `${indent}${each}\n`);
  return { name, position: { line, column: 0 }, snippet: lines.join('') };
}

/** Digits as they were counted; by split where the splits are all there is. */
function sizeOf({ value, splits = {} }: CountedSize): string {
  const parts = Object.entries(splits);
  const sum = parts.reduce((total, [, count]) => total + count, 0);
  const areWhole = parts.length > 1 && sum === value && parts.every(([name]) => isName(name));
  return areWhole
    ? `splits=${parts.map(([name, count]) => `${name}:${count}`).join(',')}`
    : `num_examples=${value}`;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
