import type { MetricEvent } from '../../training/result';
import { COLUMN, WIDTH } from './points';
import type { Stretch } from './trials';

/** Where a trial's events have come to. */
export interface Encoder {
  /** The stretches of new events that are new themselves, and all of their points. */
  readonly encode: (events: readonly MetricEvent[]) => {
    readonly stretches: readonly Stretch[];
    readonly points: Float64Array;
  };
}

/**
 * Makes points of a trial's events, one after another. A stretch ends with its phase or its rate; a candidate ends
 * where a phase that it has been through begins again.
 */
export function createEncoder(metric: string): Encoder {
  let count = 0;
  let last: (Stretch & { readonly step: number }) | undefined;
  let phases = new Set<string>();
  return {
    encode(events) {
      const stretches: Stretch[] = [];
      const points = new Float64Array(events.length * WIDTH);
      for (const [i, event] of events.entries()) {
        const { phase, learningRate, step } = event;
        if (!last || phase !== last.phase || learningRate !== last.learningRate || step < last.step) {
          const isAgain = phases.has(phase);
          if (isAgain) phases = new Set();
          phases.add(phase);
          const stretch = {
            phase,
            candidate: (last?.candidate ?? 0) + Number(isAgain),
            ...(typeof learningRate === 'number' ? { learningRate } : {}),
          };
          stretches.push(stretch);
          count++;
          last = { ...stretch, step };
        }
        last = { ...last, step };
        points.set(rowOf(event, metric, count - 1), i * WIDTH);
      }
      return { stretches, points };
    },
  };
}

function rowOf(event: MetricEvent, metric: string, stretch: number): number[] {
  const row = new Array<number>(WIDTH).fill(NaN);
  row[COLUMN.seconds] = number(event.t);
  row[COLUMN.step] = number(event.step);
  row[COLUMN.epoch] = number(event.epoch);
  row[COLUMN.loss] = number(event.loss);
  row[COLUMN.validationLoss] = number(event.validation?.['loss']);
  row[COLUMN.metric] = number(event.validation?.[metric]);
  row[COLUMN.stretch] = stretch;
  return row;
}

/** JSON has no NaN: a loss that left the numbers stands in a file as null. */
function number(value: unknown): number {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return Infinity;
  return typeof value === 'number' ? value : NaN;
}
