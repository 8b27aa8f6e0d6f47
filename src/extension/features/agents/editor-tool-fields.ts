import {
  ADVISE_FIELDS,
  COUNT_FIELDS,
  FOLDER_FIELDS,
  type ToolName,
  WHAT_IF_FIELDS,
} from '../../../agents/tool-definitions';
import type { Fields } from '../../../agents/tool-input';

/** How the tools look in the editor; `reference` is what people write behind `#` in a prompt. */
export const TOOL_PRESENTATION: Readonly<
  Record<ToolName, { readonly reference: string; readonly icon: string }>
> = {
  advise: { reference: 'trainingAdvice', icon: '$(lightbulb)' },
  count_dataset: { reference: 'datasetSize', icon: '$(database)' },
  what_if: { reference: 'trainingWhatIf', icon: '$(question)' },
};

/** What each tool takes in the editor. */
export const EDITOR_FIELDS = {
  advise: { ...ADVISE_FIELDS, ...FOLDER_FIELDS },
  count_dataset: { ...COUNT_FIELDS, ...FOLDER_FIELDS },
  what_if: { ...WHAT_IF_FIELDS, ...FOLDER_FIELDS },
} as const satisfies Readonly<Record<ToolName, Fields>>;
