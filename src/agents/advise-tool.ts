import type { Advice } from '../advisor/advice';
import { adviseTarget } from '../advisor/advisor';
import type { Problem } from '../language/learning-problem';
import { type OutputOptions, adviseOutput } from '../protocol/advise-output';
import type { AdviceOutput, AdviseOutput, DiagnosticOutput } from '../protocol/advise-schema';
import type { AdviseInput } from '../protocol/agent-tools';
import { requestedTasks } from './tool-input';

/** The workspace at the time of a call. */
export interface ToolWorkspace {
  readonly problem: Problem;
  readonly options: OutputOptions;
  /** Problems in the annotations and their files. */
  readonly diagnostics: readonly DiagnosticOutput[];
}

/** Yields to the event loop; rejects once the call is cancelled. */
export type Pause = () => Promise<void>;

/** The advice on one task or on all targets, in the shape of `advise --json`. */
export async function adviseTool(
  { problem, options, diagnostics }: ToolWorkspace,
  { task }: AdviseInput,
  pause: Pause,
): Promise<AdviseOutput> {
  const advice: Advice[] = [];
  const outputs: AdviceOutput[] = [];
  for (const target of requestedTasks(problem, task)) {
    await pause();
    const found = adviseTarget(problem, target, options);
    advice.push(...found);
    outputs.push(...adviseOutput(problem, found, [], options).advice);
  }
  return { version: 2, advice: outputs, ...options.published?.named(advice), diagnostics };
}
