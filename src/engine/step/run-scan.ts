import type { Tensor } from 'onnxruntime-node';
import { sizeOf, type Elements, type Value } from '../graph/value';
import { elementsOf, feed } from '../runtime/tensors';
import { assertFinite } from './check';
import type { StepDefinition } from './definition';
import type { Chunk } from './executor';
import { learningRateAt, updateRule } from './optimizers';
import { carriedBy, LOSS, nameOf, next, reportedBy } from './program';
import { fillUniform } from './random';
import type { Runner } from './runner';
import type { TracedStep } from './trace';

/** Runs a chunk in one go: all of its steps are in the graph, updates included. */
export function scanRunner(definition: StepDefinition, step: TracedStep): Runner {
  const values = carriedBy(step);
  const reported = reportedBy(step.report);
  const zeros = (): Map<string, Float32Array> =>
    new Map(values.map(value => [nameOf(value), new Float32Array(sizeOf(value.shape))]));
  // The next state goes to buffers of its own: after an error the present one is as it was.
  let [current, spare] = [zeros(), zeros()];
  return {
    carried: () => current,
    async run(session, chunk, firstStep) {
      const fed = chunkElements(definition, step, chunk, firstStep);
      const feeds = [...(await tensors(values, current)), ...(await stacked(fed, chunk.steps))];
      const targets = (await tensors(values, spare)).map(([name, tensor]) => [next(name), tensor] as const);
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
      const name = nameOf(value);
      return [name, await feed(data.get(name) as Float32Array, value.shape, value.type)];
    }),
  );
}

async function stacked(fed: ReadonlyMap<Value, Elements>, steps: number): Promise<Named[]> {
  return Promise.all(
    [...fed].map(async ([value, elements]): Promise<Named> => {
      return [nameOf(value), await feed(elements, [steps, ...value.shape], value.type)];
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
