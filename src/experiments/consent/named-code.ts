import path from 'node:path';
import type { Problem } from '../../language/learning-problem';
import type { JobSpec, ProgramSpec } from '../../protocol/job-files';
import { isModule } from '../../training/pipeline/stage-modules';
import type { CodeReference } from '../../trust/code-to-run';
import { isPlanError } from '../experiment-errors';
import type { ResolvePath } from '../plan/dataset-spec';
import { type EligibleStrategies, eligibleStrategies } from '../plan/eligible-strategies';
import { checkpointFile } from '../plan/fingerprints';

/** The code that a job runs: the user's own program, or the modules of its pipeline. */
export function codeOfJob(spec: JobSpec): readonly CodeReference[] {
  if (spec.kind !== 'trial') return [];
  const { program, pretrained, pipeline } = spec;
  if (program) return codeOfProgram(program, pretrained);
  return (pipeline?.stages ?? []).flatMap(({ engineered }) =>
    engineered !== undefined && isModule(engineered) ? [codeOfFile('module', engineered)] : [],
  );
}

/**
 * The code that a run of a task would run, before it is planned. No path is looked at but by `locate`.
 *
 * @throws PlanError `unknown-task`
 */
export function codeOfTask(
  problem: Problem,
  task: string,
  { locate, program }: { readonly locate: ResolvePath; readonly program?: ProgramSpec | undefined },
): readonly CodeReference[] {
  const strategies = eligibleStrategies(problem, task);
  if (program) return codeOfProgram(program, checkpointOf(strategies, locate));
  const pipeline = strategies.pipeline?.pipeline;
  return (pipeline?.modules ?? []).flatMap(({ module }) => {
    const place = pipeline && locate({ path: module, reference: pipeline.reference });
    return place?.kind === 'local' && isModule(place.path) ? [codeOfFile('module', place.path)] : [];
  });
}

function checkpointOf(strategies: EligibleStrategies, locate: ResolvePath): string | undefined {
  try {
    return checkpointFile(strategies, locate);
  } catch (error) {
    // Planning says what is wrong with it.
    if (isPlanError(error)) return undefined;
    throw error;
  }
}

function codeOfProgram(
  { command, cwd }: ProgramSpec,
  checkpoint: string | undefined,
): readonly CodeReference[] {
  return [
    { kind: 'program', command, folder: cwd },
    ...(checkpoint === undefined ? [] : [codeOfFile('checkpoint', checkpoint)]),
  ];
}

function codeOfFile(kind: 'module' | 'checkpoint', file: string): CodeReference {
  return { kind, command: [file], folder: path.dirname(file) };
}
