import type { Command } from '../contributions';
import type { Scope } from '../workspace/scope';

/** Which advice a command is about. */
export interface AdviceArgument {
  /** The key of a scope. */
  readonly scope: string;
  readonly task: string;
}

export function adviceArgument(scope: Scope, task: string): AdviceArgument {
  return { scope: scope.key, task };
}

/** Whether what a command was called with names some advice; a menu or a key gives it other things. */
export function isAdviceArgument(value: unknown): value is AdviceArgument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'scope' in value &&
    typeof value.scope === 'string' &&
    'task' in value &&
    typeof value.task === 'string'
  );
}

/** The address of a link that runs a command. */
export function commandUri(command: Command, argument: AdviceArgument): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}
