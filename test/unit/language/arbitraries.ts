import fc from 'fast-check';
import type { InputSpec, OutputSpec, Unit } from '../../../src/language/annotation-model';
import type { Dataset, Pipeline, Problem, Task } from '../../../src/language/learning-problem';
import { UNITS } from '../../../src/language/size-units';
import { isName } from '../../../src/language/value-syntax';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const letters = (all: string): fc.Arbitrary<string> => pick(...Array.from(all));

/** Problems as annotations can state them. References say nothing, for printing forgets them. */

const reference = { file: '', range: { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } } };

export const name: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: letters('abzA09_.-éß데이터数据ñд𝒳\u0301'), minLength: 1, maxLength: 8 }),
    pick('target', 'task', 'size', 'none-', 'engineered', '__proto__', 'constructor', '5', 'a-', '-a'),
  )
  .filter(text => isName(text) && text !== 'none');

/** Anything but line breaks; what would end a comment is left out where comments end. */
const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: letters('ab "\\:,= #\'`@->{}%\t~/'), minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    pick('C:\\data\\', '"', '\\', '\\\\', 'a"b', '""', ',', ' ', '# x=1', 'path=', 'a->b', '@task', '${x}'),
  )
  .filter(value => !/[\r\n]/.test(value));

const whole = fc.oneof(fc.nat(10_000), fc.nat(1e9), pick(0, 1, 1e15, 1_200_000, 60_000, 3e9, 123_456_789));
const fraction = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), pick(0, 1, 0.8, 0.123456789, 1e-9));
const side = fc.integer({ min: 1, max: 99_999 });

const input: fc.Arbitrary<InputSpec> = fc.oneof(
  pick<InputSpec>(
    ...(['image', 'audio', 'text', 'tabular', 'video', 'sequence'] as const).map(modality => ({ modality })),
  ),
  fc.record({ modality: pick('image' as const), height: side, width: side }),
  fc.record({ modality: pick('image' as const), height: side, width: side, channels: side }),
  fc.record({ modality: pick('audio' as const), sampleRate: fc.integer({ min: 1, max: 1e6 }) }),
  fc.record({ modality: pick('tabular' as const), columns: side }),
  fc.record({ modality: pick('sequence' as const), length: side, features: side }),
);

const output: fc.Arbitrary<OutputSpec> = fc.oneof(
  pick<OutputSpec>({ kind: 'box' }, { kind: 'sequence' }, { kind: 'class' }, { kind: 'real' }),
  fc.record({
    kind: pick('class' as const, 'labels' as const, 'real' as const),
    size: fc.integer({ min: 1, max: 1e9 }),
  }),
);

const dictionary = <T>(
  value: fc.Arbitrary<T>,
  options?: fc.DictionaryConstraints,
): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true, ...options });
const optional = <T extends object, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  required: readonly K[],
) => fc.record(model, { requiredKeys: [...required] });

const taskName = fc.oneof(
  { weight: 3, arbitrary: name },
  fc.tuple(name, name).map(([a, b]) => `${a}->${b}`),
);

function datasetIn(unit: Unit): fc.Arbitrary<Dataset> {
  const size = ['hours', 'minutes', 'seconds'].includes(unit) ? fraction : whole;
  return optional(
    {
      name,
      reference: fc.constant(reference),
      tasks: fc.uniqueArray(taskName, { minLength: 1, maxLength: 3 }),
      unit: fc.constant(unit),
      labelsPresent: dictionary(share),
      labels: dictionary(text),
      sourceDatasets: fc.array(name, { maxLength: 3 }),
      input,
      numExamples: size,
      splits: dictionary(size, { minKeys: 1 }),
      positive: text,
      path: text,
      features: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
      ignore: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
      group: text,
      time: text,
      sensor: text,
      instancesPerExample: fraction,
      checkpoint: text,
    },
    ['name', 'reference', 'tasks', 'unit', 'labelsPresent', 'labels', 'sourceDatasets'],
  );
}

export const dataset = pick(...UNITS).chain(datasetIn);

/** A task that says something: one that says nothing needs no line, and has none. */
export const task = optional(
  {
    name,
    reference: fc.constant(reference),
    declared: fc.constant(true),
    target: fc.boolean(),
    metric: text,
    category: text,
    input,
    output,
    sharesFeaturesWith: fc.oneof(
      fc.constant('none' as const),
      fc.array(name, { minLength: 1, maxLength: 3 }),
    ),
    numParams: whole,
    checkpoint: text,
    train: text,
  },
  ['name', 'reference', 'declared', 'target'],
).filter(value => value.target || Object.keys(value).length > 4) as fc.Arbitrary<Task>;

export const pipeline: fc.Arbitrary<Pipeline> = fc
  .tuple(
    name,
    fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat(), { maxLength: 2 }),
    fc.option(text, { nil: undefined }),
  )
  .filter(([end, others]) => !others.includes(end))
  .map(([end, others, engineered, module]) => {
    const chain = [...others, end];
    const steps = chain.slice(1).map((to, i) => ({ from: chain[i] ?? '', to }));
    const chosen = engineered.flatMap(i => steps[i % steps.length] ?? []);
    const [run] = chosen;
    return {
      task: end,
      reference,
      steps,
      engineered: chosen,
      ...(run && module !== undefined && { modules: [{ ...run, module }] }),
    };
  });

export const problem: fc.Arbitrary<Pick<Problem, 'datasets' | 'tasks' | 'pipelines'>> = fc.record({
  datasets: fc.uniqueArray(dataset, { selector: each => each.name, maxLength: 3 }),
  tasks: fc.uniqueArray(task, { selector: each => each.name, maxLength: 3 }),
  pipelines: fc.uniqueArray(pipeline, { selector: each => each.task, maxLength: 2 }),
});
