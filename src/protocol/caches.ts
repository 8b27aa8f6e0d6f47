import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { dataIssue } from './counting';
import { inputColumn, preprocessing } from './preprocessing';
import { count } from './schema-helpers';

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
  /** What becomes of each column of a table. */
  columns: v.array(inputColumn),
  /** Examples that are left out because other data holds them out. */
  apart: v.exactOptional(count),
  /** Whether a file for each split says which group each example belongs to. */
  grouped: v.exactOptional(v.boolean()),
});

/** What the checks of a dataset have found, beside its decoded data. */
export const checkedData = v.object({ version: count, issues: v.array(dataIssue) });

export type DatasetManifest = Infer<typeof datasetManifest>;

/** What stands before the arrays of a checkpoint. */
export const packedHead = v.object({ about: v.unknown(), lengths: v.array(count) });

/** JSON has no infinities, and a score may be one: its value and loss stand as texts. */
const score = v.custom<readonly [value: string, loss: string]>(
  value => Array.isArray(value) && value.length === 2 && value.every(each => typeof each === 'string'),
  'two texts',
);

/** A phase that has ended. */
export const endedPhase = v.object({
  score,
  step: v.number(),
  steps: v.number(),
  improving: v.exactOptional(v.boolean()),
  /** How many arrays each layer has. */
  layers: v.array(count),
});

/** A phase between two steps. */
export const openPhase = v.object({
  state: v.object({ executor: v.picklist(['onnxruntime', 'tensorflow', 'cpu']), stepsRun: v.number() }),
  arrays: count,
  since: v.number(),
  early: v.exactOptional(score),
  best: v.exactOptional(v.object({ score, step: v.number() })),
});

export type EndedPhaseHead = Infer<typeof endedPhase>;
export type OpenPhaseHead = Infer<typeof openPhase>;
