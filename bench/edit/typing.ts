import type { TextEdit } from '../../src/language/annotated-text';
import type { Random } from '../../src/common/random';
import { pick } from '../index/tree';

/** What someone does next, as the edits an editor reports. `lines` are those of the text as it is before. */
type Gesture = (random: Random, lines: readonly string[]) => TextEdit[];

/** Edits of someone at work in a text, without end. Ask for the next gesture when the last one was applied. */
export function nextEdits(random: Random, lines: readonly string[]): TextEdit[] {
  return pick(random, GESTURES)(random, lines);
}

const GESTURES: readonly [Gesture, ...Gesture[]] = [
  (random, lines) =>
    typeLine(lineAt(random, lines), '# @dataset new-set task=pneumonia-3 num_examples=5k unit=hours'),
  (random, lines) =>
    typeLine(lineAt(random, lines), '    result = evaluate(model, {"a": [1, 2]}, note="done")  # soon'),
  (random, lines) => typeLine(lineAt(random, lines), '    """Says what it does."""'),
  retypeValue,
  retypeValue,
  renameInCode,
  (random, lines) => [insert(lineAt(random, lines), 0, '\n')],
  (random, lines) => removeLines(lineAt(random, lines), 1),
  (random, lines) => {
    const line = lineAt(random, lines);
    const copied = lines.slice(line, line + 25).join('\n');
    return [insert(lineAt(random, lines), 0, `${copied}\n`), ...removeLines(line, 25)];
  },
];

function lineAt(random: Random, lines: readonly string[]): number {
  return Math.floor(random() * (lines.length - 30));
}

function insert(line: number, column: number, text: string): TextEdit {
  return { range: { start: { line, column }, end: { line, column } }, text };
}

function removeLines(line: number, count: number): TextEdit[] {
  return [{ range: { start: { line, column: 0 }, end: { line: line + count, column: 0 } }, text: '' }];
}

/** A new line, letter by letter. */
function typeLine(line: number, text: string): TextEdit[] {
  return [insert(line, 0, '\n'), ...typeAt(line, 0, text)];
}

function typeAt(line: number, column: number, text: string): TextEdit[] {
  return Array.from(text, (letter, i) => insert(line, column + i, letter));
}

/** Deletes what stands behind an equals sign of an annotation, letter by letter, and types something else. */
function retypeValue(random: Random, lines: readonly string[]): TextEdit[] {
  const start = lineAt(random, lines);
  const line = lines.findIndex((text, i) => i >= start && /^# @\w+ .*=/.test(text));
  if (line < 0) return [];
  const text = lines[line] ?? '';
  const from = text.indexOf('=', Math.floor(random() * text.lastIndexOf('='))) + 1;
  const length = /^\S*/.exec(text.slice(from))?.[0].length ?? 0;
  return [
    ...backspaces(line, from, length),
    ...typeAt(line, from, pick(random, ['7.5k', '"a b"', 'pneumonia-3', 'image:28x28x1'])),
  ];
}

function renameInCode(random: Random, lines: readonly string[]): TextEdit[] {
  const start = lineAt(random, lines);
  const line = lines.findIndex((text, i) => i >= start && /^ +\w+ = /.test(text));
  if (line < 0) return [];
  const from = (lines[line] ?? '').search(/\S/);
  const length = /^\w+/.exec((lines[line] ?? '').slice(from))?.[0].length ?? 0;
  return [...backspaces(line, from, length), ...typeAt(line, from, 'renamed')];
}

function backspaces(line: number, from: number, length: number): TextEdit[] {
  return Array.from({ length }, (_, i) => ({
    range: { start: { line, column: from + length - i - 1 }, end: { line, column: from + length - i } },
    text: '',
  }));
}
