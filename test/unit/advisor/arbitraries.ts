import fc from 'fast-check';

/** Lines of annotation for random problems, so that a counterexample can be read as it would be written. */

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Names that programs trip over are among them. */
export const NAMES = ['a', 'b', 'cars', 'x-ray', 'constructor', '__proto__', 'toString'] as const;
const name = pick(...NAMES);
const INPUTS = [
  'image:32x32x3',
  'image:64x64x3',
  'image:32x32x1',
  'image',
  'audio:16kHz',
  'audio:8kHz',
  'text',
  'tabular:10',
  'tabular:12',
  'video',
  'sequence:100x40',
] as const;
/** One kind of input is commoner, so that most tasks have something to do with each other. */
const input = fc.oneof({ weight: 5, arbitrary: pick(INPUTS[0]) }, { weight: 2, arbitrary: pick(...INPUTS) });
const unit = fc.oneof(
  { weight: 9, arbitrary: pick('examples') },
  { weight: 2, arbitrary: pick('hours', 'minutes', 'words', 'sentences', 'tokens') },
);

/** As likely in every decade. */
const magnitude = (most: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 100, max: 999 }), fc.integer({ min: -2, max: most - 3 }))
    .map(([digits, power]) => Math.max(1, Math.round(Number(`${digits}e${power}`))));
const size = fc.oneof({ weight: 9, arbitrary: magnitude(9) }, { weight: 1, arbitrary: pick(0, 1) });
const share = pick('0%', '1%', '35%', '80%', '100%');

const maybe = (text: fc.Arbitrary<string>, weight = 1): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: pick('') }, { weight, arbitrary: text });
const words = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map(each => each.filter(part => part !== '').join(' '));

const howMuch = fc.oneof(
  { weight: 8, arbitrary: size.map(n => `num_examples=${n}`) },
  { weight: 1, arbitrary: fc.tuple(size, size).map(([train, test]) => `splits=train:${train},test:${test}`) },
  { weight: 1, arbitrary: pick('') },
);

function dataset(id: string, tasks: readonly string[]): fc.Arbitrary<string> {
  return words(
    pick(`@dataset ${id} task=${tasks.join(',')}`),
    maybe(
      input.map(value => `input=${value}`),
      9,
    ),
    howMuch,
    unit.map(value => (value === 'examples' ? '' : `unit=${value}`)),
    fc
      .tuple(share, pick(...tasks), fc.boolean())
      .map(([value, task, some]) => (some ? `labels_present=${task}:${value}` : '')),
    maybe(pick('instances_per_example=7', 'sensor=infrared', 'sensor=photo')),
  );
}

const CATEGORIES = [
  'image-classification',
  'object-detection',
  'image-segmentation',
  'text-classification',
  'translation',
  'automatic-speech-recognition',
  'tabular-regression',
  'self-supervised',
] as const;

function task(id: string): fc.Arbitrary<string> {
  return words(
    pick(`@task ${id}`),
    fc.boolean().map(marked => (marked ? 'target' : '')),
    maybe(pick(...CATEGORIES).map(value => `category=${value}`)),
    maybe(pick('class:2', 'class:500', 'class', 'real:1', 'box', 'sequence').map(value => `output=${value}`)),
    maybe(
      fc
        .oneof(
          pick('none'),
          fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map(names => names.join(',')),
        )
        .map(value => `shares_features_with=${value}`),
    ),
    maybe(magnitude(9).map(value => `num_params=${value}`)),
  );
}

/** Everything unrelated to a pipeline: datasets with one to three tasks each, and declared tasks. */
const flat = fc
  .tuple(
    fc.uniqueArray(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), {
      maxLength: 4,
      selector: tasks => tasks.join(),
    }),
    fc.uniqueArray(name, { maxLength: 4 }),
  )
  .chain(([datasets, tasks]) =>
    fc.tuple(...datasets.map((own, i) => dataset(`data-${i}`, own)), ...tasks.map(task)),
  );

/** `x -> m -> y`, some steps engineered, with data for some of its steps, two together and the whole. */
const decomposed = fc
  .tuple(
    pick('y', 'constructor'),
    fc.subarray(['x->m', 'm->n', 'n->', 'x->n', 'm->', 'x->']),
    fc.subarray([0, 1, 2]),
  )
  .chain(([end, data, engineered]) => {
    const steps = ['x->m', 'm->n', `n->${end}`];
    const own = engineered.map(i => steps[i] ?? '').join(',');
    return fc.tuple(
      pick(`@pipeline ${end}: x -> m -> n -> ${end}${own === '' ? '' : ` engineered=${own}`}`),
      ...data.map((step, i) => dataset(`stage-${i}`, [step.endsWith('->') ? `${step}${end}` : step])),
      maybe(task(end), 3),
    );
  });

/** The lines of a problem, one annotation each; a task is declared once. */
export const problemLines: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    flat,
    fc.oneof({ weight: 2, arbitrary: pick<readonly string[]>([]) }, { weight: 1, arbitrary: decomposed }),
  )
  .map(([lines, pipeline]) => withoutRepeats([...pipeline, ...lines].filter(line => line !== '')));

function withoutRepeats(lines: readonly string[]): string[] {
  const id = (line: string): string => line.split(' ').slice(0, 2).join(' ');
  return lines.filter((line, i) => lines.findIndex(other => id(other) === id(line)) === i);
}
