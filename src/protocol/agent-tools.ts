import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { filled, unit } from './schema-helpers';

/** What agents give the tools. The descriptions are for language models, and in English in every language. */

const fields = {
  task: v.pipe(
    filled,
    v.description('The name of a task, as in the annotations. Default: all target tasks.'),
  ),
  folder: v.pipe(
    filled,
    v.description(
      'The name of a workspace folder. Required only if several folders have annotations and the other values do not identify one.',
    ),
  ),
};

const adviseFields = { task: v.exactOptional(fields.task) };

const countFields = {
  dataset: v.exactOptional(
    v.pipe(
      filled,
      v.description('The name of a dataset, as in its @dataset annotation. Default: all datasets.'),
    ),
  ),
};

const whatIfFields = {
  dataset: v.pipe(
    filled,
    v.description('The name of the dataset whose size changes, as in its @dataset annotation.'),
  ),
  num_examples: v.pipe(
    v.number(),
    v.finite(),
    v.minValue(0),
    v.description(
      'The hypothetical amount of training data, as a plain number (20000, not "20k"), in the unit of the dataset.',
    ),
  ),
  unit: v.exactOptional(
    v.pipe(unit, v.description('The unit of num_examples, if it is not the unit of the dataset.')),
  ),
  task: v.exactOptional(
    v.pipe(filled, v.description('The name of a task. Default: compare the advice on all target tasks.')),
  ),
};

/** In an editor several folders can be open, each with its own problem. */
const folderFields = { folder: v.exactOptional(fields.folder) };

export const adviseInput = v.strictObject(adviseFields);
export const countInput = v.strictObject(countFields);
export const whatIfInput = v.strictObject(whatIfFields);

/** What each tool takes from MCP clients, by the names that they see. */
export const TOOL_INPUTS = { advise: adviseInput, count_dataset: countInput, what_if: whatIfInput };

/** What each tool takes in the editor. */
export const EDITOR_TOOL_INPUTS = {
  advise: v.strictObject({ ...adviseFields, ...folderFields }),
  count_dataset: v.strictObject({ ...countFields, ...folderFields }),
  what_if: v.strictObject({ ...whatIfFields, ...folderFields }),
};

export type ToolName = keyof typeof TOOL_INPUTS;
export type AdviseInput = Infer<typeof adviseInput>;
export type CountInput = Infer<typeof countInput>;
export type WhatIfInput = Infer<typeof whatIfInput>;
export type EditorToolInput<N extends ToolName> = Infer<(typeof EDITOR_TOOL_INPUTS)[N]>;
