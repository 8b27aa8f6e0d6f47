import type { ToolName } from '../../tools/definitions';

/** What VS Code and language models know the tools by: in an editor, tools of all extensions meet. */
export const TOOL_IDS: Readonly<Record<ToolName, string>> = {
  advise: 'strategy-advisor_advise',
  count_dataset: 'strategy-advisor_count_dataset',
  what_if: 'strategy-advisor_what_if',
};
