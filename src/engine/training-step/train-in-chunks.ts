import { setImmediate } from 'node:timers/promises';
import { engineError } from '../engine-error';
import type { TrainingStep } from './compile-step';
import type { Chunk, ChunkResult } from './step-executor';

export interface TrainOptions {
  readonly steps: number;
  /** The batches of `count` consecutive steps, the first of which is number `firstStep`. */
  readonly batches: (firstStep: number, count: number) => Chunk | Promise<Chunk>;
  readonly onProgress?: (progress: ChunkResult) => void;
  /** Stops at the end of the present chunk, within about a fifth of a second. */
  readonly signal?: AbortSignal;
}

/** Chunks are made to last this long, so that progress and cancellation come about seven times a second. */
const CHUNK_MS = 140;
/** A chunk may be this much longer than the one before: the first steps are no measure yet. */
const GROWTH = 4;

/**
 * Runs many steps in chunks of about a seventh of a second.
 * @throws EngineError `cancelled` when the signal stops it, and what `run` throws.
 */
export async function train(step: TrainingStep, options: TrainOptions): Promise<void> {
  let count = 1;
  for (let done = 0; done < options.steps;) {
    // Timers and messages, which may bring the signal, only come between turns of the event loop.
    await setImmediate();
    if (options.signal?.aborted === true) {
      throw engineError('cancelled', `Training was cancelled after ${done} of ${options.steps} steps.`);
    }
    const steps = Math.min(count, options.steps - done);
    const chunk = await options.batches(step.stepsRun(), steps);
    const start = performance.now();
    const result = await step.run(chunk);
    const perStep = (performance.now() - start) / steps;
    done += steps;
    options.onProgress?.(result);
    count = Math.max(1, Math.min(Math.round(CHUNK_MS / perStep), steps * GROWTH));
  }
}
