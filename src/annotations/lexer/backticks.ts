import type { BacktickRuns, Pass } from './pass';

/** Passes over inline code: up to the next run of exactly as many backticks, where there is one on this line. */
export function passInlineCode(pass: Pass, count: number): void {
  pass.backticks ??= runsOf(pass.text);
  const runs = pass.backticks.get(count);
  if (!runs) return;
  // Only ever forwards, so that all look-ups together cost no more than one pass.
  while ((runs.starts[runs.next] ?? Infinity) < pass.column) runs.next++;
  const close = runs.starts[runs.next];
  if (close !== undefined) pass.column = close + count;
}

function runsOf(text: string): BacktickRuns {
  const runs: BacktickRuns = new Map();
  for (const { index, 0: run } of text.matchAll(/`+/g)) {
    const same = runs.get(run.length);
    if (same) same.starts.push(index);
    else runs.set(run.length, { starts: [index], next: 0 });
  }
  return runs;
}
