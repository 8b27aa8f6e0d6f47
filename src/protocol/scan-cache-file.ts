import * as v from 'valibot';
import type { Diagnostic } from '../language/annotation-diagnostics';
import type { Annotation } from '../language/annotation-model';
import { type Infer, isRecord } from '../common/validation';
import { inputSpec, outputSpec, step, textRange } from './problem';
import { byName, text, unit } from './schema-helpers';

/** The cache of a scan: annotations as they are kept between windows. Their types stand in the language's own layer. */

/** What a diagnostic has whatever it reports; one release writes and reads the rest. */
const diagnosticShape = v.object({
  code: text,
  severity: v.picklist(['error', 'warning', 'information', 'hint']),
  range: textRange,
});
const diagnostic = v.custom<Diagnostic>(value => v.is(diagnosticShape, value), 'a diagnostic');

/**
 * A value with the place where it stands.
 *
 * @__NO_SIDE_EFFECTS__
 */
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
  features: v.exactOptional(names),
  ignore: v.exactOptional(names),
  group: locatedText,
  time: locatedText,
  sensor: locatedText,
  instances_per_example: locatedNumber,
  checkpoint: locatedText,
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
  checkpoint: locatedText,
});

const pipelineFields = v.object({
  steps: v.exactOptional(names),
  engineered: v.exactOptional(located(v.array(located(step)))),
  modules: v.exactOptional(located(v.array(v.object({ step: located(step), module: located(text) })))),
});

const annotation = v.variant('directive', [
  v.object({ ...base, directive: v.literal('dataset'), fields: datasetFields }),
  v.object({ ...base, directive: v.literal('task'), fields: taskFields }),
  v.object({ ...base, directive: v.literal('pipeline'), fields: pipelineFields }),
]) satisfies v.GenericSchema<Annotation>;

/** What the annotations of a file were when it was read last. */
export const cachedAnnotations = v.object({
  annotations: v.array(annotation),
  diagnostics: v.array(diagnostic),
});

/** A file of a folder: its name, size and time of change, and what was found in it. */
export type CachedEntry = readonly [
  name: string,
  size: number,
  changed: number,
  annotated?: Infer<typeof cachedAnnotations>,
];

const isFolder = (value: unknown): boolean =>
  Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]);

/** The files of a workspace folder that were read before, those of a folder together. */
export const scanCache = v.object({
  version: v.number(),
  /** Of the program that wrote it. */
  release: text,
  folders: v.array(v.custom<readonly [folder: string, entries: readonly unknown[]]>(isFolder)),
});

/** Reads an entry; `undefined` for a damaged one. A folder may have half a million: those without annotations need no schema. */
export function readCachedEntry(entry: unknown): CachedEntry | undefined {
  if (!Array.isArray(entry)) return undefined;
  const [name, size, changed, annotated] = entry as readonly unknown[];
  if (typeof name !== 'string' || typeof size !== 'number' || typeof changed !== 'number') return undefined;
  if (annotated === undefined) return [name, size, changed];
  const read = v.safeParse(cachedAnnotations, annotated, { abortEarly: true });
  return read.success && isRecord(annotated) ? [name, size, changed, read.output] : undefined;
}
