import type { Tensor } from 'onnxruntime-node';
import { type Elements, type Value, sizeOf } from '../../graph/nodes-and-values';
import { type RunnableSession, elementsOf, runtimeTensor } from '../../runtime/onnxruntime';
import { learningRateAt, updateRule } from '../optimizer/optimizers';
import { scatterGradientOf } from '../optimizer/scatter-gradient';
import { fillUniform } from '../random-draws';
import type { StepDefinition } from '../step-definition';
import type { Chunk, ChunkResult } from '../step-executor';
import { assertFinite } from '../step-validation';
import {
  LOSS,
  carriedValues,
  gradientName,
  indicesName,
  inputName,
  nextName,
  reportOutputs,
  rowsName,
} from '../tracing/encode-step';
import type { TracedStep } from '../tracing/trace-step';
import type { ParameterMemory } from '../tracing/update-placement';

/** What runs the steps of a chunk, and keeps what they carry from one to the next. */
export interface ChunkRunner {
  /** What is carried, by the placeholder's name; writing to it sets it. */
  readonly carried: () => ReadonlyMap<string, Float32Array>;
  /** @throws EngineError `not-finite`; what is carried is then that from before the chunk. */
  readonly run: (session: RunnableSession, chunk: Chunk, firstStep: number) => Promise<ChunkResult>;
}

/** Runs a chunk in one go: all of its steps are in the graph, updates included. */
export function scanRunner(definition: StepDefinition, step: TracedStep): ChunkRunner {
  const values = carriedValues(step);
  const reported = reportOutputs(step.report);
  const zeros = (): Map<string, Float32Array> =>
    new Map(values.map(value => [inputName(value), new Float32Array(sizeOf(value.shape))]));
  // The next state goes to separate buffers: after an error the present one is unchanged.
  let [current, spare] = [zeros(), zeros()];
  return {
    carried: () => current,
    async run(session, chunk, firstStep) {
      const fed = chunkElements(definition, step, chunk, firstStep);
      const feeds = [...(await tensors(values, current)), ...(await stacked(fed, chunk.steps))];
      const targets = (await tensors(values, spare)).map(
        ([name, tensor]) => [nextName(name), tensor] as const,
      );
      const wanted = [LOSS, ...reported.map(([, port]) => port)].map(name => [name, null] as const);
      const results = await session.run(
        Object.fromEntries(feeds),
        Object.fromEntries([...targets, ...wanted]),
      );
      const read = (name: string): Float32Array =>
        Float32Array.from(elementsOf(results[name] as Tensor) as Float32Array);
      const losses = read(LOSS);
      assertFinite(losses, firstStep, definition.optimizer);
      [current, spare] = [spare, current];
      return {
        firstStep,
        losses,
        report: Object.fromEntries(reported.map(([name, port]) => [name, read(port)])),
      };
    },
  };
}

type Named = [string, Tensor];

async function tensors(values: readonly Value[], data: ReadonlyMap<string, Float32Array>): Promise<Named[]> {
  return Promise.all(
    values.map(async (value): Promise<Named> => {
      const name = inputName(value);
      return [name, await runtimeTensor(data.get(name) as Float32Array, value.shape, value.type)];
    }),
  );
}

async function stacked(fed: ReadonlyMap<Value, Elements>, steps: number): Promise<Named[]> {
  return Promise.all(
    [...fed].map(async ([value, elements]): Promise<Named> => {
      return [inputName(value), await runtimeTensor(elements, [steps, ...value.shape], value.type)];
    }),
  );
}

/** Everything that the steps of a chunk are fed, by placeholder. */
function chunkElements(
  { optimizer, seed = 0 }: StepDefinition,
  step: TracedStep,
  chunk: Chunk,
  firstStep: number,
): Map<Value, Elements> {
  const fed = new Map<Value, Elements>();
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(step.batch[kind]))
      fed.set(value, chunk[kind][name] as Elements);
  }
  const rule = updateRule(optimizer);
  const numbers = Array.from({ length: chunk.steps }, (_, i) =>
    rule.at(firstStep + i, learningRateAt(optimizer, firstStep + i)),
  );
  step.scalars.forEach((value, j) =>
    fed.set(
      value,
      Float32Array.from(numbers, row => row[j] as number),
    ),
  );
  step.draws.forEach((value, draw) => {
    const size = sizeOf(value.shape);
    const all = new Float32Array(size * chunk.steps);
    for (let i = 0; i < chunk.steps; i++)
      fillUniform(all.subarray(i * size, (i + 1) * size), seed, firstStep + i, draw);
    fed.set(value, all);
  });
  return fed;
}

type Arrays = Map<string, Float32Array>;
type Tensors = Record<string, Tensor>;

/** Runs step by step: the graph computes the gradients, and the parameters are updated where they lie. */
export async function inPlaceRunner(
  definition: StepDefinition,
  step: TracedStep,
  placed: ParameterMemory,
): Promise<ChunkRunner> {
  const { groups, statistics } = step;
  const carried: Arrays = new Map();
  groups.forEach(({ before, slots }, i) => {
    carried.set(inputName(before), placed.parameters[i] as Float32Array);
    slots.forEach((slot, j) => carried.set(inputName(slot), placed.slots[j]?.[i] as Float32Array));
  });
  const moved: Arrays = new Map();
  for (const { before } of statistics) {
    carried.set(inputName(before), new Float32Array(sizeOf(before.shape)));
    moved.set(inputName(before), new Float32Array(sizeOf(before.shape)));
  }
  const feeds: Tensors = {};
  const wanted: Tensors = {};
  for (const { before } of [...groups, ...statistics])
    feeds[inputName(before)] = await runtimeTensor(
      carried.get(inputName(before)) as Float32Array,
      before.shape,
      'float32',
    );
  for (const [i, { before, gradient }] of groups.entries()) {
    const [name, scattered, summands] = [inputName(before), scatterGradientOf(gradient), placed.summands[i]];
    if (scattered && summands) {
      wanted[indicesName(name)] = await runtimeTensor(summands.indices, scattered.indices.shape, 'int32');
      wanted[rowsName(name)] = await runtimeTensor(summands.rows, scattered.rows.shape, 'float32');
    } else {
      wanted[gradientName(name)] = await runtimeTensor(
        placed.gradients[i] as Float32Array,
        before.shape,
        'float32',
      );
    }
  }
  for (const { before } of statistics)
    wanted[nextName(inputName(before))] = await runtimeTensor(
      moved.get(inputName(before)) as Float32Array,
      before.shape,
      'float32',
    );
  const draws = step.draws.map(value => new Float32Array(sizeOf(value.shape)));
  for (const [i, value] of step.draws.entries())
    feeds[inputName(value)] = await runtimeTensor(draws[i] as Float32Array, value.shape, 'float32');
  const rule = updateRule(definition.optimizer);
  // What a chunk starts from, to go back to; one set of arrays serves all chunks.
  const saved = new Map([...carried].map(([name, values]) => [name, new Float32Array(values.length)]));

  const runStep = async (session: RunnableSession, batch: Tensors, at: number): Promise<Tensors> => {
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
      const report = reportOutputs(step.report).map(
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
    [LOSS, ...reportOutputs(step.report).map(([, port]) => port)].map(name => [name, null]),
  );
}

/** One batch of a chunk, where it lies. */
async function batchAt(step: TracedStep, chunk: Chunk, index: number): Promise<Tensors> {
  const batch: Tensors = {};
  for (const kind of ['inputs', 'targets', 'masks'] as const) {
    for (const [name, value] of Object.entries(step.batch[kind])) {
      const elements = chunk[kind][name] as Elements;
      batch[inputName(value)] = await runtimeTensor(part(elements, value, index), value.shape, value.type);
    }
  }
  return batch;
}

function part(elements: Elements, { shape }: Value, index: number): Elements {
  const size = sizeOf(shape);
  return elements.subarray(index * size, (index + 1) * size);
}
