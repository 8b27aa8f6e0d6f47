import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { RunSnapshot } from '../../protocol/run-files';
import { shellWord } from '../../common/shell-word';
import { metricName, metricValueText } from '../../messages/metric-text';
import type { TrialResult } from '../../protocol/job-files';
import { type Command, DONE, FAILED, type ParsedArguments } from '../command-line';
import { executeWithProgress, executionOptions, loadRuns, withReportedErrors } from '../launch-run';
import { type ReadyRun, createNewRun, readRunInputs, resumedRun } from '../new-run';
import { RUN_OPTIONS, numberOption } from '../run-options';
import { type TimeBudget, withinBudget } from '../time-budget';
import { type Io, displayPath, styleOf } from '../terminal';
import { workspaceForRuns } from '../workspace-folders';

/** What `train --json` prints. */
export interface TrainOutput {
  readonly version: 1;
  readonly run: string;
  readonly task: string;
  readonly strategy: string;
  readonly variant?: string;
  readonly from: readonly string[];
  readonly metric: { readonly name: string; readonly higherIsBetter: boolean };
  readonly state: string;
  readonly result?: Omit<TrialResult, 'test' | 'version' | 'id'>;
  /** The folder of the trained model. */
  readonly model?: string;
  readonly warnings: readonly string[];
}

export const trainCommand: Command = {
  name: 'train',
  operands: 'PATH --task NAME [--strategy S] [--resume] [--json]',
  summary: () => l10n.t('Train one strategy on all training data and save the model.'),
  description: () => [
    l10n.t(
      'Trains the recommended strategy or the one set with --strategy. Results of the latest pilot of the task take precedence over the rules. Writes model.onnx, the fitted preprocessing, a model card and a Python script that runs the model.',
    ),
  ],
  options: {
    ...RUN_OPTIONS,
    strategy: {
      type: 'string',
      value: 'S',
      summary: () => l10n.t('Strategy or strategy variant: transfer, transfer-head, multitask-joint, …'),
    },
    seed: { type: 'string', value: 'N', summary: () => l10n.t('Random seed; 1 by default.') },
    resume: { type: 'boolean', summary: () => l10n.t('Resume the latest training run of the task.') },
  },
  run: (given, io) => withReportedErrors(() => runTrain(given, io), io),
};

async function runTrain(given: ParsedArguments, io: Io): Promise<number> {
  const execution = await executionOptions(given);
  const ready = given.switches.has('resume')
    ? await resumedRun(await folderToResume(given, io), given, io)
    : await withinBudget(execution.budget, () => planned(given, io, execution.budget));
  if (ready === undefined) return FAILED;
  const { folder, allowed } = ready;
  const run = await executeWithProgress(folder, execution, allowed, io);
  return printTraining(folder, run, given, io);
}

async function folderToResume({ paths, values }: ParsedArguments, io: Io): Promise<string> {
  const { findRun, listRuns } = await loadRuns();
  const workspace = workspaceForRuns(paths[0] ?? '.', io);
  const { runs } = await listRuns(workspace);
  const task = values.get('task');
  const latest = runs.find(run => run.kind === 'train' && (task === undefined || run.task === task));
  return (latest ?? (await findRun([workspace], task, io.cwd))).folder;
}

async function planned(
  given: ParsedArguments,
  io: Io,
  budget: TimeBudget | undefined,
): Promise<ReadyRun | undefined> {
  const seed = numberOption(given, 'seed', 0);
  const inputs = await readRunInputs(given, io, budget);
  if (!inputs) return undefined;
  const { loaded, task, workspace, options } = inputs;
  const { planTraining, listRuns } = await loadRuns();
  const { runs } = await listRuns(workspace);
  const measured = runs.find(run => run.task === task && run.report?.verdict !== undefined)?.report?.verdict;
  const arm = given.values.get('strategy') ?? (measured?.outcome === undefined ? undefined : measured.arm);
  const plan = await planTraining(loaded.problem, task, {
    ...options,
    ...(arm === undefined ? {} : { arm }),
    ...(seed === undefined ? {} : { seed }),
  });
  return createNewRun(inputs, plan, given, io);
}

function printTraining(folder: string, run: RunSnapshot, given: ParsedArguments, io: Io): number {
  const { switches } = given;
  const { manifest, jobs, state } = run;
  const [arm] = manifest.arms;
  const trial = jobs.find(({ spec }) => spec.kind === 'trial');
  const result = trial?.result;
  const model = result ? path.join(folder, 'jobs', trial.spec.id, 'model') : undefined;
  if (switches.has('json')) {
    const output: TrainOutput = {
      version: 1,
      run: manifest.id,
      task: manifest.task,
      strategy: arm?.strategy ?? '',
      ...(arm?.variant === undefined ? {} : { variant: arm.variant }),
      from: arm?.from ?? [],
      metric: manifest.metric,
      state: state.state,
      ...(result ? { result: figuresOf(result) } : {}),
      ...(model === undefined ? {} : { model }),
      warnings: [...manifest.warnings, ...(result?.warnings ?? [])],
    };
    io.stdout.json(output);
  } else if (result && model !== undefined) {
    const { colors } = styleOf(io.stdout, io.env);
    const figures = Object.entries(result.metrics).map(
      ([name, value]) => `${metricName(name)} ${metricValueText(name, value)}`,
    );
    const { test } = result.examples;
    io.stdout.lines([
      colors.bold(l10n.t('{0}: {1} on {2} test examples', manifest.task, figures.join(', '), test)),
      l10n.t('Model saved to {0}', displayPath(model, io)),
    ]);
  }
  const failure = jobs.find(job => job.failure)?.failure;
  if (state.message !== undefined) io.stderr.line(state.message);
  if (state.state === 'stopped')
    io.stderr.line(l10n.t('To resume: {0}', resumeCommand(manifest.task, given)));
  if (!result && failure) io.stderr.line(failure.message);
  return result ? DONE : FAILED;
}

function resumeCommand(task: string, { paths, switches, values }: ParsedArguments): string {
  const trust = switches.has('trust') ? ' --trust' : '';
  const executor = values.get('executor') === 'slurm' ? ' --executor slurm' : '';
  return `strategy-advisor train ${shellWord(paths[0] ?? '.')} --task ${shellWord(task)} --resume${trust}${executor}`;
}

/** The result without what stands elsewhere, and without every single prediction. */
function figuresOf({
  test: _,
  version: __,
  id: ___,
  ...figures
}: TrialResult): NonNullable<TrainOutput['result']> {
  return figures;
}
