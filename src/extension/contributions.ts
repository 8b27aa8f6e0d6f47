import type { ToolName } from '../protocol/agent-tools';

/** Commands that `package.json` offers to the user. */
export const CONTRIBUTED_COMMANDS = {
  showAdvice: 'strategyAdvisor.showAdvice',
  copyAdvice: 'strategyAdvisor.copyAdvice',
  showLog: 'strategyAdvisor.showLog',
  insertAnnotations: 'strategyAdvisor.insertAnnotations',
  createExample: 'strategyAdvisor.createExample',
  openWalkthrough: 'strategyAdvisor.openWalkthrough',
  openData: 'strategyAdvisor.openData',
  updateSize: 'strategyAdvisor.updateSize',
  showDiagram: 'strategyAdvisor.showDiagram',
  runPilot: 'strategyAdvisor.runPilot',
  train: 'strategyAdvisor.train',
  trainWinner: 'strategyAdvisor.trainWinner',
  stopRun: 'strategyAdvisor.stopRun',
  resumeRun: 'strategyAdvisor.resumeRun',
  openRun: 'strategyAdvisor.openRun',
  showRuns: 'strategyAdvisor.showRuns',
  allowOutside: 'strategyAdvisor.allowOutside',
  revokeOutside: 'strategyAdvisor.revokeOutside',
} as const;

/** Every command: those of `package.json`, and those that only the extension itself calls. */
export const COMMANDS = {
  ...CONTRIBUTED_COMMANDS,
  /** What a line about a notebook that is closed does: its cells are known once it is open. */
  showInNotebook: 'strategyAdvisor.overview.showInNotebook',
} as const;

export type CommandName = keyof typeof COMMANDS;

/** As VS Code knows the extension. */
export const EXTENSION_ID = 'strategy-advisor.strategy-advisor';

/** The panel of a diagram, by the type that VS Code brings it back by. */
export const DIAGRAM_PANEL = 'strategyAdvisor.diagram';

/** The view that shows the problem as a whole. */
export const OVERVIEW = 'strategyAdvisor.overview';

export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

/** The panels of runs, by the types that VS Code brings them back by. */
export const PANELS = {
  run: 'strategyAdvisor.run',
  runs: 'strategyAdvisor.runs',
} as const;

export type PanelKind = keyof typeof PANELS;

/** What VS Code and language models know the tools by: in an editor, tools of all extensions meet. */
export const TOOL_IDS: Readonly<Record<ToolName, string>> = {
  advise: 'strategy-advisor_advise',
  count_dataset: 'strategy-advisor_count_dataset',
  what_if: 'strategy-advisor_what_if',
};
