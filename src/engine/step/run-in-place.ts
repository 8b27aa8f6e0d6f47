import type { Tensor } from 'onnxruntime-node';
import { sizeOf, type Elements, type Value } from '../graph/value';
import { feed } from '../runtime/tensors';
import type { Running } from '../runtime/onnxruntime';
import { assertFinite } from './check';
import type { StepDefinition } from './definition';
import type { Chunk } from './executor';
import { learningRateAt, updateRule } from './optimizers';
import { gradientOf, indicesOf, LOSS, nameOf, next, reportedBy, rowsOf } from './program';
import { fillUniform } from './random';
import type { Runner } from './runner';
import type { TracedStep } from './trace';
import type { InPlace } from './update/in-place';
import { scatteredBy } from './update/scattered';

type Arrays = Map<string, Float32Array>;
type Tensors = Record<string, Tensor>;

/** Runs step by step: the graph computes the gradients, and the parameters are updated where they lie. */
export async function inPlaceRunner(
  definition: StepDefinition,
  step: TracedStep,
  placed: InPlace,
): Promise<Runner> {
  const { groups, statistics } = step;
  const carried: Arrays = new Map();
  groups.forEach(({ before, slots }, i) => {
    carried.set(nameOf(before), placed.parameters[i] as Float32Array);
    slots.forEach((slot, j) => carried.set(nameOf(slot), placed.slots[j]?.[i] as Float32Array));
  });
  const moved: Arrays = new Map();
  for (const { before } of statistics) {
    carried.set(nameOf(before), new Float32Array(sizeOf(before.shape)));
    moved.set(nameOf(before), new Float32Array(sizeOf(before.shape)));
  }
  const feeds: Tensors = {};
  const wanted: Tensors = {};
  for (const { before } of [...groups, ...statistics])
    feeds[nameOf(before)] = await feed(carried.get(nameOf(before)) as Float32Array, before.shape, 'float32');
  for (const [i, { before, gradient }] of groups.entries()) {
    const [name, scattered, summands] = [nameOf(before), scatteredBy(gradient), placed.summands[i]];
    if (scattered && summands) {
      wanted[indicesOf(name)] = await feed(summands.indices, scattered.indices.shape, 'int32');
      wanted[rowsOf(name)] = await feed(summands.rows, scattered.rows.shape, 'float32');
    } else {
      wanted[gradientOf(name)] = await feed(placed.gradients[i] as Float32Array, before.shape, 'float32');
    }
  }
  for (const { before } of statistics)
    wanted[next(nameOf(before))] = await feed(
      moved.get(nameOf(before)) as Float32Array,
      before.shape,
      'float32',
    );
  const draws = step.draws.map(value => new Float32Array(sizeOf(value.shape)));
  for (const [i, value] of step.draws.entries())
    feeds[nameOf(value)] = await feed(draws[i] as Float32Array, value.shape, 'float32');
  const rule = updateRule(definition.optimizer);
  // What a chunk starts from, to go back to; one set of arrays serves all chunks.
  const saved = new Map([...carried].map(([name, values]) => [name, new Float32Array(values.length)]));

  const runStep = async (session: Running, batch: Tensors, at: number): Promise<Tensors> => {
    draws.forEach((numbers, draw) => {
      fillUniform(numbers, definition.seed ?? 0, at, draw);
    });
    const results = await session.run({ ...feeds, ...batch }, { ...wanted, ...scalarsOf(step) });
    for (const [name, values] of moved) carried.get(name)?.set(values);
    placed.update(rule.at(at, learningRateAt(definition.optimizer, at)));
    return results;
  };
  return {
    carried: () => carried,
    async run(session, chunk, firstStep) {
      for (const [name, values] of carried) saved.get(name)?.set(values);
      const losses = new Float32Array(chunk.steps);
      const report = reportedBy(step.report).map(
        ([name, port]) => [name, port, new Float32Array(chunk.steps)] as const,
      );
      try {
        for (let i = 0; i < chunk.steps; i++) {
          const results = await runStep(session, await batchAt(step, chunk, i), firstStep + i);
          losses[i] = (results[LOSS] as Tensor).data[0] as number;
          for (const [, port, row] of report) row[i] = (results[port] as Tensor).data[0] as number;
          assertFinite(losses.subarray(i, i + 1), firstStep + i, definition.optimizer);
        }
      } catch (error) {
        for (const [name, values] of saved) carried.get(name)?.set(values);
        throw error;
      }
      return { firstStep, losses, report: Object.fromEntries(report.map(([name, , row]) => [name, row])) };
    },
  };
}

/** Losses and metrics, for which the runtime makes room itself. */
function scalarsOf(step: TracedStep): Record<string, null> {
  return Object.fromEntries(
    [LOSS, ...reportedBy(step.report).map(([, port]) => port)].map(name => [name, null]),
  );
}

/** One batch of a chunk, where it lies. */
async function batchAt(step: TracedStep, chunk: Chunk, index: number): Promise<Tensors> {
  const batch: Tensors = {};
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(step.batch[kind])) {
      const elements = chunk[kind][name] as Elements;
      batch[nameOf(value)] = await feed(part(elements, value, index), value.shape, value.type);
    }
  }
  return batch;
}

function part(elements: Elements, { shape }: Value, index: number): Elements {
  const size = sizeOf(shape);
  return elements.subarray(index * size, (index + 1) * size);
}
