import type { ToolName } from '../../../protocol/agent-tools';

/** How the tools look in the editor; `reference` is what people write behind `#` in a prompt. */
export const TOOL_PRESENTATION: Readonly<
  Record<ToolName, { readonly reference: string; readonly icon: string }>
> = {
  advise: { reference: 'trainingAdvice', icon: '$(lightbulb)' },
  count_dataset: { reference: 'datasetSize', icon: '$(database)' },
  what_if: { reference: 'trainingWhatIf', icon: '$(question)' },
};
