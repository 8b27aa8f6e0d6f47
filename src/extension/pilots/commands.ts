/** What is done with runs in the palette; the bundle that does it is loaded with the first. */
export const PILOT_COMMANDS = {
  runPilot: 'strategyAdvisor.runPilot',
  train: 'strategyAdvisor.train',
  trainWinner: 'strategyAdvisor.trainWinner',
  stopRun: 'strategyAdvisor.stopRun',
  resumeRun: 'strategyAdvisor.resumeRun',
  openRun: 'strategyAdvisor.openRun',
} as const;

export type PilotCommand = keyof typeof PILOT_COMMANDS;
