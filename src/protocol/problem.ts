import * as v from 'valibot';
import { isRecord } from '../common/validation';
import type { Problem } from '../language/learning-problem';
import { byName, count, text, texts, unit } from './schema-helpers';

/** A problem as one process hands it to another. Its types stand in the language's own layer. */

const position = v.object({ line: count, column: count });
export const textRange = v.object({ start: position, end: position });
const reference = v.object({ file: text, range: textRange });

const optionalCount = v.exactOptional(v.number());

export const inputSpec = v.variant('modality', [
  v.object({
    modality: v.literal('image'),
    height: optionalCount,
    width: optionalCount,
    channels: optionalCount,
  }),
  v.object({ modality: v.literal('audio'), sampleRate: optionalCount }),
  v.object({ modality: v.literal('tabular'), columns: optionalCount }),
  v.object({ modality: v.literal('sequence'), length: optionalCount, features: optionalCount }),
  v.object({ modality: v.literal('text') }),
  v.object({ modality: v.literal('video') }),
]);

export const outputSpec = v.object({
  kind: v.picklist(['class', 'labels', 'real', 'box', 'sequence']),
  size: optionalCount,
});

export const step = v.object({ from: text, to: text });

const task = v.object({
  name: text,
  reference,
  declared: v.boolean(),
  target: v.boolean(),
  category: v.exactOptional(text),
  input: v.exactOptional(inputSpec),
  output: v.exactOptional(outputSpec),
  metric: v.exactOptional(text),
  sharesFeaturesWith: v.exactOptional(v.union([v.literal('none'), texts])),
  numParams: optionalCount,
  train: v.exactOptional(text),
  checkpoint: v.exactOptional(text),
});

const dataset = v.object({
  name: text,
  reference,
  tasks: texts,
  input: v.exactOptional(inputSpec),
  numExamples: optionalCount,
  unit,
  splits: v.exactOptional(byName(v.number())),
  labelsPresent: byName(v.number()),
  labels: byName(text),
  positive: v.exactOptional(text),
  path: v.exactOptional(text),
  features: v.exactOptional(texts),
  ignore: v.exactOptional(texts),
  group: v.exactOptional(text),
  time: v.exactOptional(text),
  sensor: v.exactOptional(text),
  instancesPerExample: optionalCount,
  checkpoint: v.exactOptional(text),
  sourceDatasets: texts,
});

const pipeline = v.object({
  task: text,
  reference,
  steps: v.array(step),
  engineered: v.array(step),
  modules: v.exactOptional(v.array(v.object({ ...step.entries, module: text }))),
});

/** What every diagnostic has; training reads no more of them. */
const diagnostic = v.custom<Problem['diagnostics'][number]>(
  value => isRecord(value) && typeof value['code'] === 'string' && v.is(textRange, value['range']),
  'a diagnostic',
);

export const learningProblem = v.object({
  tasks: v.array(task),
  datasets: v.array(dataset),
  pipelines: v.array(pipeline),
  diagnostics: v.array(diagnostic),
}) satisfies v.GenericSchema<Problem>;

/**
 * The same, handed on as it was given: a copy would have its fields in the order of the schema, and fingerprints of
 * annotations, which runs keep, are of their text.
 */
export const unchangedProblem = v.custom<Problem>(
  value => v.is(learningProblem, value),
  'a learning problem',
);
