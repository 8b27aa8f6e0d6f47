import * as v from 'valibot';
import type { Diagnostic } from '../language/annotation-diagnostics';
import type { Annotation } from '../language/annotation-model';
import { inputSpec, outputSpec, step, textRange } from './problem';
import { byName, text, unit } from './schema-helpers';

/** Annotations as caches keep them. Their types stand in the language's own layer. */

/** What a diagnostic has whatever it reports; one release writes and reads the rest. */
const diagnosticShape = v.looseObject({
  code: text,
  severity: v.picklist(['error', 'warning', 'information', 'hint']),
  range: textRange,
});
export const diagnostic = v.custom<Diagnostic>(value => v.is(diagnosticShape, value), 'a diagnostic');

/** A value with the place where it stands. */
function located<S extends v.GenericSchema>(
  value: S,
): v.ObjectSchema<{ readonly value: S; readonly range: typeof textRange }, undefined> {
  return v.object({ value, range: textRange });
}

const locatedText = v.exactOptional(located(text));
const locatedNumber = v.exactOptional(located(v.number()));
const names = located(v.array(located(text)));
const taskReference = v.object({ name: text, step: v.exactOptional(step) });
const input = v.exactOptional(located(inputSpec));

const base = {
  name: locatedText,
  range: textRange,
  directiveRange: textRange,
  keys: byName(located(text)),
  diagnostics: v.array(diagnostic),
};

const datasetFields = v.object({
  task: v.exactOptional(located(v.array(located(taskReference)))),
  input,
  num_examples: locatedNumber,
  unit: v.exactOptional(located(unit)),
  splits: v.exactOptional(located(v.array(v.object({ name: located(text), count: located(v.number()) })))),
  labels_present: v.exactOptional(
    located(v.array(v.object({ task: locatedText, share: located(v.number()) }))),
  ),
  label: v.exactOptional(located(v.array(v.object({ task: locatedText, column: located(text) })))),
  positive: locatedText,
  path: locatedText,
  group: locatedText,
  sensor: locatedText,
  instances_per_example: locatedNumber,
  source_datasets: v.exactOptional(names),
});

const taskFields = v.object({
  target: v.exactOptional(located(v.literal(true))),
  category: locatedText,
  input,
  output: v.exactOptional(located(outputSpec)),
  metric: locatedText,
  shares_features_with: v.exactOptional(
    located(
      v.variant('kind', [
        v.object({ kind: v.literal('none') }),
        v.object({ kind: v.literal('tasks'), tasks: v.array(located(text)) }),
      ]),
    ),
  ),
  num_params: locatedNumber,
  train: locatedText,
  model: locatedText,
});

const pipelineFields = v.object({
  steps: v.exactOptional(names),
  engineered: v.exactOptional(located(v.array(located(step)))),
  modules: v.exactOptional(located(v.array(v.object({ step: located(step), module: located(text) })))),
});

export const annotation = v.variant('directive', [
  v.object({ ...base, directive: v.literal('dataset'), fields: datasetFields }),
  v.object({ ...base, directive: v.literal('task'), fields: taskFields }),
  v.object({ ...base, directive: v.literal('pipeline'), fields: pipelineFields }),
]) satisfies v.GenericSchema<Annotation>;
