import type { AnnotatedText } from '../language/annotated-text';
import type { Problem } from '../language/learning-problem';
import { quote } from '../language/parser/tokenizer';
import { isName } from '../language/value-syntax';
import { type Insertion, commentLineAt, toComments } from './comment-insertion';

/** A checkpoint that code loads. */
export interface LoadedCheckpoint {
  /** As an annotation names it, and every other name that means the same. */
  readonly names: readonly [string, ...string[]];
  /** What it was trained on, where that is known: it becomes the name of the source task. */
  readonly data?: string | undefined;
  /** The line that loads it, counted from 0. */
  readonly line: number;
}

/**
 * The annotation that makes a checkpoint a source, above the line that loads it; `undefined` where it is annotated already
 * or no comment can stand there.
 */
export function proposeCheckpoint(
  text: AnnotatedText,
  { names, data, line }: LoadedCheckpoint,
  { tasks, datasets }: Problem,
): Insertion | undefined {
  const isKnown = [...tasks, ...datasets].some(
    ({ checkpoint }) => checkpoint !== undefined && names.includes(checkpoint),
  );
  const place = isKnown ? undefined : commentLineAt(text, line);
  if (!place) return undefined;
  const taken = new Set([...tasks, ...datasets].map(({ name }) => name));
  const annotation = `@task ${unused(nameOf(data ?? names[0]), taken)} checkpoint=${quote(names[0])}`;
  const indent = /^\s*/.exec(text.lines[place.line] ?? '')?.[0] ?? '';
  const lines = toComments(place.form, [annotation]).map(each => `${indent}${each}\n`);
  return { position: { line: place.line, column: 0 }, text: lines.join(''), isSnippet: false };
}

function nameOf(written: string): string {
  const name = written.replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-');
  return isName(name) ? name : 'source';
}

function unused(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
