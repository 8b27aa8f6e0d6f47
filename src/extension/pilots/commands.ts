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
