import { toolTitle } from '../messages/agent-messages';
import type { ToolName } from '../protocol/agent-tools';

/** A tool for agents. The description is for language models and always English. */
export interface ToolDefinition {
  readonly title: () => string;
  readonly description: string;
}

/** The three tools, by the names that MCP clients see. */
export const TOOLS: Readonly<Record<ToolName, ToolDefinition>> = {
  advise: {
    title: () => toolTitle('advise'),
    description:
      'Advises how to train a model on the available data: transfer learning, multitask learning, end-to-end learning, a pipeline of stages, or single-task training. ' +
      'The advice is based on the sizes and relations in the @dataset, @task and @pipeline annotations of the workspace, and on pilots that were run there. ' +
      'Returns JSON: for each target the recommendation, equally good strategies (acceptable), the source tasks (from), the confidence, each condition with its status, evidence (file and line) and citation, the sizes at which the recommendation changes (flips), and notes on what to do; and problems in the annotations (diagnostics). ' +
      'Use it before choosing a training strategy, or to explain one.',
  },
  count_dataset: {
    title: () => toolTitle('count_dataset'),
    description:
      'Counts the data at the path= of a @dataset annotation, without training or changing anything: examples (or hours, tokens, …) in total, by split, by class and by label. ' +
      'Reads CSV, JSON, Parquet, Arrow, SQLite, NumPy, HDF5 and others, images, audio and text. ' +
      'Returns JSON: for each dataset the stated size, the counted size, the sizes stated in files next to the data (documented), and issues such as a stale stated size. ' +
      'Use it instead of writing code that counts.',
  },
  what_if: {
    title: () => toolTitle('what_if'),
    description:
      'Says how the advice changes if a dataset has another size, for example 20,000 labeled examples; edits nothing. ' +
      'Uses the published rules only, before and after, because no pilot has measured a hypothetical size. ' +
      'Returns JSON: the decisions that change, each with the advice before and after and the conditions whose status changed, and the decisions that do not change (unchanged). ' +
      'To find the sizes at which a recommendation changes, read the flips that `advise` returns.',
  },
};

export const TOOL_NAMES: readonly ToolName[] = ['advise', 'count_dataset', 'what_if'];
