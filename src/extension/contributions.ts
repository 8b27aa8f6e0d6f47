import type { ToolName } from '../agents/tool-definitions';

/** Every command, as `package.json` names it. */
export const COMMANDS = {
  showAdvice: 'strategyAdvisor.showAdvice',
  copyAdvice: 'strategyAdvisor.copyAdvice',
  showLog: 'strategyAdvisor.showLog',
  insertAnnotations: 'strategyAdvisor.insertAnnotations',
  createExample: 'strategyAdvisor.createExample',
  openWalkthrough: 'strategyAdvisor.openWalkthrough',
  openData: 'strategyAdvisor.openData',
  updateSize: 'strategyAdvisor.updateSize',
  showDiagram: 'strategyAdvisor.showDiagram',
} as const;

/** As VS Code knows the extension. */
export const EXTENSION_ID = 'strategy-advisor.strategy-advisor';

/** The panel of a diagram, by the type that VS Code brings it back by. */
export const DIAGRAM_PANEL = 'strategyAdvisor.diagram';

/** The view that shows the problem as a whole. */
export const OVERVIEW = 'strategyAdvisor.overview';

export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

/** The commands of the overview; the bundle that does them is loaded with the first. */
export const OVERVIEW_COMMANDS = {
  insertAnnotations: COMMANDS.insertAnnotations,
  createExample: COMMANDS.createExample,
  openWalkthrough: COMMANDS.openWalkthrough,
  openData: COMMANDS.openData,
  updateSize: COMMANDS.updateSize,
} as const;

export type OverviewCommand = keyof typeof OVERVIEW_COMMANDS;

/** What is done with runs in the palette; the bundle that does it is loaded with the first. */
export const PILOT_COMMANDS = {
  runPilot: 'strategyAdvisor.runPilot',
  train: 'strategyAdvisor.train',
  trainWinner: 'strategyAdvisor.trainWinner',
  stopRun: 'strategyAdvisor.stopRun',
  resumeRun: 'strategyAdvisor.resumeRun',
  openRun: 'strategyAdvisor.openRun',
  showRuns: 'strategyAdvisor.showRuns',
} as const;

export type PilotCommand = keyof typeof PILOT_COMMANDS;

/** The panels that the same bundle fills, by the types that VS Code brings them back by. */
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
