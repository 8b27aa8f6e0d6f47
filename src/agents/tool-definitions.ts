import { UNITS } from '../language/size-units';
import { toolTitle } from '../messages/agent-messages';
import type { Fields } from './tool-input';

/** What an agent can ask for. The description is for language models, and in English in every language. */
export interface ToolDefinition {
  readonly title: () => string;
  readonly description: string;
  readonly fields: Fields;
}

export const ADVISE_FIELDS = {
  task: {
    type: 'string',
    description: 'The name of one task, as annotations have it. Without it: all target tasks.',
  },
} as const satisfies Fields;

export const COUNT_FIELDS = {
  dataset: {
    type: 'string',
    description: 'The name of one dataset, as its @dataset annotation has it. Without it: all datasets.',
  },
} as const satisfies Fields;

export const WHAT_IF_FIELDS = {
  dataset: {
    type: 'string',
    description: 'The name of the dataset whose size changes, as its @dataset annotation has it.',
    required: true,
  },
  num_examples: {
    type: 'number',
    minimum: 0,
    description:
      'How much there would be to train on, as a plain number (20000, not "20k"), in the unit the dataset is counted in.',
    required: true,
  },
  unit: {
    type: 'string',
    enum: UNITS,
    description: 'The unit of num_examples, where it is not the one that the dataset is counted in.',
  },
  task: {
    type: 'string',
    description: 'The name of one task. Without it: the advice on all target tasks is compared.',
  },
} as const satisfies Fields;

/** In an editor several folders may be open, each a problem of its own. */
export const FOLDER_FIELDS = {
  folder: {
    type: 'string',
    description:
      'The name of a workspace folder. Needed only where several have annotations and the other values do not tell which is meant.',
  },
} as const satisfies Fields;

/** The three tools, by the names that MCP clients see. */
export const TOOLS = {
  advise: {
    title: () => toolTitle('advise'),
    description:
      'Advises how to train a model, given the data there is: transfer learning, multitask learning, end-to-end learning, a pipeline of stages, or single-task training. ' +
      'The advice follows from the sizes and relations that the @dataset, @task and @pipeline annotations in the comments of the workspace state, and from pilots that were measured there. ' +
      'Returns JSON: for each target the recommendation, what is as good (acceptable), the source tasks (from), the confidence, each condition with its status, evidence (file and line) and published source, the sizes at which the recommendation would be another (flips), and notes on what to do; and what is wrong with the annotations (diagnostics). ' +
      'Use it before choosing a training strategy, or to explain one.',
    fields: ADVISE_FIELDS,
  },
  count_dataset: {
    title: () => toolTitle('count_dataset'),
    description:
      'Counts the data that a @dataset annotation names with path=, without training or changing anything: examples (or hours, tokens, …) in all, by split, by class and by label. ' +
      'Reads CSV, JSON Lines, Parquet, Arrow, NumPy, IDX, SQLite, images, audio and text. ' +
      'Returns JSON: for each dataset the stated size, the counted one, sizes that files beside the data state (documented), and issues such as a stale stated size. ' +
      'Use it instead of writing code that counts.',
    fields: COUNT_FIELDS,
  },
  what_if: {
    title: () => toolTitle('what_if'),
    description:
      'Says how the advice would change if a dataset had another size, for example what 20,000 labelled examples would change; edits nothing. ' +
      'Goes by the published rules alone, before and after: a size that nobody has is one that no pilot has measured. ' +
      'Returns JSON: the decisions that change, each with the advice before and after and the conditions whose status changed, and those that do not (unchanged). ' +
      'The flips that `advise` returns say from which size on a recommendation changes.',
    fields: WHAT_IF_FIELDS,
  },
} as const satisfies Readonly<Record<string, ToolDefinition>>;

export type ToolName = keyof typeof TOOLS;

export const TOOL_NAMES = Object.keys(TOOLS) as readonly ToolName[];
