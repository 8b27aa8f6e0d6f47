import { COMMANDS } from '../contributions';

/** The commands of the overview; the bundle that does them is loaded with the first. */
export const OVERVIEW_COMMANDS = {
  insertAnnotations: COMMANDS.insertAnnotations,
  createExample: COMMANDS.createExample,
  openWalkthrough: COMMANDS.openWalkthrough,
  openData: COMMANDS.openData,
  updateSize: COMMANDS.updateSize,
} as const;

export type OverviewCommand = keyof typeof OVERVIEW_COMMANDS;
