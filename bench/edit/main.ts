// npm run bench:edit [-- --json] [--edits N]: one edit in a 5,000-line file with 100 annotations, until its diagnostics are said.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { mulberry32 } from '../../src/common/random';
import {
  type AnnotatedText,
  type TextEdit,
  annotationsOf,
  diagnosticsOf,
  editText,
  parseText,
} from '../../src/language/annotated-text';
import { type ResolvedProblem, resolveAll } from '../../src/language/resolve-problem';
import { diagnosticMessage } from '../../src/messages/diagnostic-messages';
import { createProgram } from './program';
import { nextEdits } from './typing';

const LINES = 5000;
const ANNOTATIONS = 100;
/** Milliseconds at the 95th percentile. */
const BUDGET = 5;
/** Before anything is measured the code has been compiled, as it has in an editor that is at work. */
const WARM_UP = 300;

function main(): number {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, edits: { type: 'string', default: '2000' } },
  });
  const random = mulberry32(1);
  const program = createProgram(random, LINES, ANNOTATIONS).join('\n');
  const { annotations, whole } = measureWhole(program);
  const times = measureEdits(program, random, Number(values.edits));
  return report(annotations, times, whole, values.json);
}

/** Says the diagnostics of a text. @param before the problem as it last stood, which the editor keeps too */
function diagnose(text: AnnotatedText, before?: ResolvedProblem): ResolvedProblem {
  const resolved = resolveAll([{ file: 'train.py', annotations: annotationsOf(text) }], before);
  [...diagnosticsOf(text), ...resolved.problem.diagnostics].map(diagnosticMessage);
  return resolved;
}

function measureWhole(program: string): { readonly annotations: number; readonly whole: number[] } {
  const whole = Array.from({ length: 40 }, () => {
    const start = performance.now();
    diagnose(parseText(program, 'python'));
    return performance.now() - start;
  });
  return { annotations: annotationsOf(parseText(program, 'python')).length, whole: whole.slice(10) };
}

function measureEdits(program: string, random: () => number, count: number): number[] {
  const times: number[] = [];
  let text = parseText(program, 'python');
  let resolved: ResolvedProblem | undefined;
  const apply = (edit: TextEdit): void => {
    const start = performance.now();
    text = editText(text, edit);
    resolved = diagnose(text, resolved);
    times.push(performance.now() - start);
  };
  while (times.length < WARM_UP + count) nextEdits(random, text.lines).forEach(apply);
  const again = parseText(text.lines.join('\n'), 'python');
  if (!isDeepStrictEqual(text.placed, again.placed))
    throw new Error('After the edits the annotations are not those of the text.');
  return times.slice(WARM_UP, WARM_UP + count);
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function summary(times: readonly number[]): { median: number; p95: number; max: number } {
  return { median: percentile(times, 0.5), p95: percentile(times, 0.95), max: percentile(times, 1) };
}

function report(
  annotations: number,
  edits: readonly number[],
  whole: readonly number[],
  json: boolean,
): number {
  const milliseconds = { edit: summary(edits), whole: summary(whole) };
  const within = milliseconds.edit.p95 <= BUDGET;
  if (json) {
    const { version: node } = process;
    console.log(
      JSON.stringify({
        lines: LINES,
        annotations,
        edits: edits.length,
        node,
        milliseconds,
        budget: BUDGET,
        within,
      }),
    );
  } else {
    console.log(
      `${LINES} lines, ${annotations} annotations, ${edits.length} edits; Node.js ${process.version}`,
    );
    for (const [name, { median, p95, max }] of Object.entries({
      'one edit, to its diagnostics': milliseconds.edit,
      'the whole file read anew': milliseconds.whole,
    }))
      console.log(
        `${name.padEnd(30)} median ${median.toFixed(2)} ms, 95% ${p95.toFixed(2)} ms, longest ${max.toFixed(2)} ms`,
      );
    console.log(`95% of the edits within ${BUDGET} ms: ${within ? 'yes' : 'NO'}`);
  }
  return within ? 0 : 1;
}

process.exitCode = main();
