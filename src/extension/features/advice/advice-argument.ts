import type { Command } from '../../contributions';
import type { Project } from '../../project/project';

/** Which advice a command is about. */
export interface AdviceArgument {
  /** The key of a scope. */
  readonly scope: string;
  readonly task: string;
}

export function adviceArgument(scope: Project, task: string): AdviceArgument {
  return { scope: scope.key, task };
}

/** The address of a link that runs a command. */
export function commandUri(command: Command, argument: AdviceArgument): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}
