import type { Command } from './command';
import { countData } from './count-data';
import { adviseCommand } from './commands/advise';
import { datasetsCommand } from './commands/datasets';
import { mcpCommand } from './commands/mcp';
import { pilotCommand } from './commands/pilot';
import { reportCommand } from './commands/report';
import { runsCommand } from './commands/runs';
import { trainCommand } from './commands/train';
import { trialCommand } from './commands/trial';

/** Every command there is, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  adviseCommand,
  datasetsCommand({ count: countData }),
  pilotCommand,
  trainCommand,
  runsCommand,
  reportCommand,
  trialCommand,
  mcpCommand,
];
