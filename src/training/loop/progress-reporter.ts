import type { MetricEvent } from '../../protocol/job-files';

/** A point of training; `done` is the share of the present part that is behind it. */
export type Point = Omit<MetricEvent, 't' | 'progress'> & { readonly done: number };

/** Says how training goes: each validation, and the loss a few times a second. */
export interface ProgressReporter {
  readonly report: (point: Point) => void;
  /** A reporter for a part of the work, from one share of it to another. */
  readonly part: (from: number, to: number) => ProgressReporter;
}

const LEAST_MS = 100;

/** @param seconds what earlier attempts at the job have taken */
export function createReporter(onEvent: (event: MetricEvent) => void, seconds = 0): ProgressReporter {
  const start = performance.now() - seconds * 1000;
  let last = -Infinity;
  const losses: number[] = [];
  const between = (from: number, to: number): ProgressReporter => ({
    part: (a, b) => between(from + a * (to - from), from + b * (to - from)),
    report: ({ done, loss, ...point }) => {
      if (loss !== undefined) losses.push(loss);
      const now = performance.now();
      // Validations are few, and what curves are made of.
      if (now - last < LEAST_MS && done < 1 && point.validation === undefined) return;
      last = now;
      const mean = losses.reduce((sum, each) => sum + each, 0) / losses.length;
      onEvent({
        t: (now - start) / 1000,
        ...point,
        ...(losses.length > 0 && { loss: mean }),
        progress: from + Math.min(1, done) * (to - from),
      });
      losses.length = 0;
    },
  });
  return between(0, 1);
}
