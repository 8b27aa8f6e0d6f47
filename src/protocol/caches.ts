import * as v from 'valibot';
import { type Infer, isRecord } from '../common/validation';
import { dataIssue } from './counting';
import { preprocessing } from './preprocessing';
import { annotation, diagnostic } from './annotations';
import { count, text } from './schema-helpers';

/** Files that are kept to save work. A damaged one is as none: what it holds is made again. */

/** `dataset.json` of decoded data. */
export const datasetManifest = v.object({
  pipeline: preprocessing,
  examples: v.object({
    train: v.exactOptional(count),
    validation: v.exactOptional(count),
    test: v.exactOptional(count),
  }),
  issues: v.array(dataIssue),
});

export type DatasetManifest = Infer<typeof datasetManifest>;

/** What stands before the arrays of a checkpoint. */
export const packedHead = v.object({ about: v.unknown(), lengths: v.array(count) });

/** JSON has no infinities, and a score may be one: its value and loss stand as texts. */
const score = v.tuple([text, text]);

/** A phase that has ended. */
export const endedPhase = v.object({
  score,
  step: v.number(),
  steps: v.number(),
  /** How many arrays each layer has. */
  layers: v.array(count),
});

/** A phase between two steps. */
export const openPhase = v.object({
  state: v.object({ executor: v.picklist(['onnxruntime', 'tensorflow', 'cpu']), stepsRun: v.number() }),
  arrays: count,
  since: v.number(),
  best: v.exactOptional(v.object({ score, step: v.number() })),
});

export type EndedPhaseHead = Infer<typeof endedPhase>;
export type OpenPhaseHead = Infer<typeof openPhase>;

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

/** The files of a workspace folder that were read before, those of a folder together. */
export const scanCache = v.object({
  version: v.number(),
  /** Of the program that wrote it. */
  release: text,
  folders: v.array(v.tuple([text, v.array(v.custom<readonly unknown[]>(Array.isArray))])),
});

/** Reads an entry; `undefined` for a damaged one. A folder may have half a million: those without annotations need no schema. */
export function readCachedEntry(entry: readonly unknown[]): CachedEntry | undefined {
  const [name, size, changed, annotated] = entry;
  if (typeof name !== 'string' || typeof size !== 'number' || typeof changed !== 'number') return undefined;
  if (annotated === undefined) return [name, size, changed];
  const read = v.safeParse(cachedAnnotations, annotated, { abortEarly: true });
  return read.success && isRecord(annotated) ? [name, size, changed, read.output] : undefined;
}
