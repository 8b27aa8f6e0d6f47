import { appendFileSync } from 'node:fs';
import type { MetricEvent } from '../../training/result';
import { writeError } from '../errors';

/** Milliseconds in which points of training are gathered: a file that is followed need not grow more often. */
const GATHER = 100;

export interface MetricsFile {
  readonly add: (event: MetricEvent) => void;
  /** Writes what is gathered. @throws RunError where that, or anything before it, could not be written */
  readonly flush: () => void;
}

/** Keeps points of training in a file, all of them, and tells of the latest a few times a second. */
export function openMetrics(file: string, latest: (event: MetricEvent) => void): MetricsFile {
  let lines = '';
  let last: MetricEvent | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lost: unknown;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (last === undefined) return;
    try {
      appendFileSync(file, lines);
    } catch (error) {
      lost ??= writeError(error, file);
    }
    latest(last);
    [lines, last] = ['', undefined];
  };
  return {
    add(event) {
      lines += `${JSON.stringify(event)}\n`;
      last = event;
      timer ??= setTimeout(write, GATHER);
    },
    flush() {
      write();
      if (lost !== undefined) throw lost as Error;
    },
  };
}
