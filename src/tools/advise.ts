import { adviseTarget, type AdviseOptions } from '../advisor/advise';
import { adviseOutput, type AdviceOutput, type AdviseOutput, type DiagnosticOutput } from '../advisor/output';
import type { Problem } from '../annotations/problem';
import type { ADVISE_FIELDS } from './definitions';
import type { InputOf } from './fields';
import { askedTasks } from './names';

/** A workspace as it stands when a tool is called. */
export interface Workspace {
  readonly problem: Problem;
  readonly options: AdviseOptions;
  /** What is wrong with the annotations and their files. */
  readonly diagnostics: readonly DiagnosticOutput[];
}

/** Gives the thread back for a moment; rejects once the call is cancelled. */
export type Pause = () => Promise<void>;

/** The advice on one task or on all targets, in the shape of `advise --json`. */
export async function adviseTool(
  { problem, options, diagnostics }: Workspace,
  { task }: InputOf<typeof ADVISE_FIELDS>,
  pause: Pause,
): Promise<AdviseOutput> {
  const advice: AdviceOutput[] = [];
  for (const target of askedTasks(problem, task)) {
    await pause();
    advice.push(...adviseOutput(problem, adviseTarget(problem, target, options), [], options).advice);
  }
  return { version: 1, advice, diagnostics };
}
