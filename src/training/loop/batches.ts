import { seededRandom, shuffle } from '../../common/random';
import type { Chunk } from '../../engine';
import { type Head, INPUT } from '../architectures/network';
import { type Examples, sameType, widthOf } from '../datasets/examples';
import type { ClassWeights } from './class-weights';
import { entryOf } from '../../common/named-entries';

/** Writes the rows of one step's batch; depends on the step's number alone. */
export type Sampler = (step: number, batch: Int32Array) => void;

/** All rows in a new order each epoch; a batch may reach over the end of one. */
export function epochSampler(rows: Int32Array, seed: readonly (string | number)[]): Sampler {
  let known = -1;
  let order = rows;
  return (step, batch) => {
    for (let i = 0; i < batch.length; i++) {
      const position = step * batch.length + i;
      const epoch = Math.floor(position / rows.length);
      if (epoch !== known) {
        known = epoch;
        order = shuffle(Int32Array.from(rows), seededRandom('epoch', ...seed, epoch));
      }
      batch[i] = order[position % rows.length] ?? 0;
    }
  };
}

/**
 * Draws a task for each place of the batch with probability ∝ size^exponent, then one of that task's examples:
 * temperature sampling with T = 1 / exponent (Devlin 2019; Arivazhagan et al. 2019).
 */
export function temperatureSampler(
  tasks: readonly Int32Array[],
  exponent: number,
  seed: readonly (string | number)[],
): Sampler {
  const filled = tasks.filter(rows => rows.length > 0);
  const shares = filled.map(rows => rows.length ** exponent);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return (step, batch) => {
    const random = seededRandom('draw', ...seed, step);
    for (let i = 0; i < batch.length; i++) {
      let at = random() * total;
      const task = filled.findIndex((_, j) => (at -= shares[j] ?? 0) < 0);
      const rows = filled[task < 0 ? filled.length - 1 : task] ?? new Int32Array();
      batch[i] = rows[Math.floor(random() * rows.length)] ?? 0;
    }
  };
}

/** The batches of consecutive steps, with the labels and masks of all heads. */
export function gatherChunk(
  examples: Examples,
  heads: readonly Head[],
  weights: ClassWeights,
  sampler: Sampler,
  { firstStep, steps, batchSize }: { firstStep: number; steps: number; batchSize: number },
): Chunk {
  const rows = new Int32Array(steps * batchSize);
  for (let i = 0; i < steps; i++) sampler(firstStep + i, rows.subarray(i * batchSize, (i + 1) * batchSize));
  const width = widthOf(examples.shape);
  const inputs = sameType(examples.inputs, rows.length * width);
  rows.forEach((row, i) => {
    inputs.set(examples.inputs.subarray(row * width, (row + 1) * width), i * width);
  });
  const targets = new Map<string, Float32Array | Int32Array>();
  const masks = new Map<string, Float32Array>();
  for (const { task, label, layer } of heads) {
    const column = entryOf(examples.labels, task);
    const value = (row: number): number => column?.values[row] ?? 0;
    targets.set(
      layer.name,
      label.kind === 'class' ? Int32Array.from(rows, value) : Float32Array.from(rows, value),
    );
    const weight = entryOf(weights, task);
    masks.set(
      layer.name,
      Float32Array.from(rows, row => (column?.present[row] === 1 ? (weight?.[value(row)] ?? 1) : 0)),
    );
  }
  return {
    steps,
    inputs: { [INPUT]: inputs },
    targets: Object.fromEntries(targets),
    masks: Object.fromEntries(masks),
  };
}
