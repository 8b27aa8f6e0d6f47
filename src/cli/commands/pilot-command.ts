import * as l10n from '@vscode/l10n';
import type { Problem } from '../../language/learning-problem';
import { pilotDecisionOf } from '../../protocol/project-file';
import { EFFORTS, type Effort } from '../../protocol/race-file';
import type { RunSnapshot } from '../../protocol/run-files';
import { type Command, DONE, FAILED, type ParsedArguments } from '../command-line';
import { executeWithProgress, executionOptions, loadRuns, withReportedErrors } from '../launch-run';
import { type ReadyRun, createNewRun, readRunInputs, resumedRun } from '../new-run';
import { pilotLines } from '../render/pilot-table';
import { RUN_OPTIONS, numberOption, positiveOption, sizesOption } from '../run-options';
import { type TimeBudget, withinBudget } from '../time-budget';
import { type Io, styleOf } from '../terminal';
import { workspaceForRuns } from '../workspace-folders';

export const pilotCommand: Command = {
  name: 'pilot',
  operands: 'PATH --task NAME [--effort small] [--exhaustive] [--budget 60s] [--resume] [--json]',
  summary: () => l10n.t('Compare training strategies on your data with small training runs.'),
  description: () => [
    l10n.t(
      'Trains each applicable strategy at increasing sizes with several seeds, on the same splits and with the same tuning budget. It then reports the best strategy and the differences. Single-task training is always included.',
    ),
    l10n.t(
      'Trials at the largest size come first. After each complete round of seeds, arms that cannot win get no more trials; when the verdict is settled, the data-size curves of the best arm and of single-task training follow. --exhaustive runs every planned trial.',
    ),
    l10n.t(
      'You can stop a pilot at any time (Ctrl-C or --budget). Finished trials are compared, and --resume continues the rest.',
    ),
    l10n.t(
      'The exit status is 1 if a finished pilot has no verdict. Failed trials alone do not change it; the last line says how many there are.',
    ),
  ],
  options: {
    ...RUN_OPTIONS,
    effort: {
      type: 'string',
      value: 'NAME',
      choices: EFFORTS,
      summary: () =>
        l10n.t(
          'small (verdict only), usual (verdict and curves) or exhaustive (all trials); usual by default, exhaustive with --sizes or --seeds.',
        ),
    },
    exhaustive: { type: 'boolean', summary: () => l10n.t('The same as --effort exhaustive.') },
    sizes: { type: 'string', value: 'N,N,…', summary: () => l10n.t('Training-set sizes to compare.') },
    seeds: {
      type: 'string',
      value: 'N',
      summary: () =>
        l10n.t('Seeds for each strategy variant (arm) and size; by default 3, and 5 at the largest size.'),
    },
    'tie-margin': {
      type: 'string',
      value: '0.03',
      summary: () =>
        l10n.t(
          'Difference up to which strategies tie, as a fraction of the metric; overrides the project file.',
        ),
    },
    resume: { type: 'boolean', summary: () => l10n.t('Resume the latest pilot of the task.') },
    run: {
      type: 'string',
      value: 'RUN',
      summary: () => l10n.t('Run to resume: its ID, name or folder.'),
    },
  },
  run: (given, io) => withReportedErrors(() => runPilot(given, io), io),
};

async function runPilot(given: ParsedArguments, io: Io): Promise<number> {
  const execution = await executionOptions(given);
  const ready =
    given.switches.has('resume') || given.values.has('run')
      ? await resumedRun(await folderToResume(given, io), given, io)
      : await withinBudget(execution.budget, () => planned(given, io, execution.budget));
  if (ready === undefined) return FAILED;
  const run = await executeWithProgress(ready.folder, execution, ready.allowed, io);
  return printPilot(run, given, io);
}

/** Each seed is a trial of each arm at each size: more would only fill the memory. */
const MOST_SEEDS = 1000;

/** Plans a new pilot; `undefined` where an annotation has an error, which is printed. */
async function planned(
  given: ParsedArguments,
  io: Io,
  budget: TimeBudget | undefined,
): Promise<ReadyRun | undefined> {
  const sizes = sizesOption(given);
  const seeds = numberOption(given, 'seeds', 1, MOST_SEEDS);
  const tieMargin = positiveOption(given, 'tie-margin', 1);
  const effort = effortOption(given);
  const inputs = await readRunInputs(given, io, budget);
  if (!inputs) return undefined;
  const { loaded, task, options } = inputs;
  const { planPilot } = await loadRuns();
  const plan = await planPilot(loaded.problem, task, {
    ...options,
    decision: pilotDecisionOf({
      ...loaded.settingsOf(targetFile(loaded.problem, task)),
      ...(tieMargin === undefined ? {} : { tieMargin }),
    }),
    ...(sizes ? { sizes } : {}),
    ...(seeds === undefined ? {} : { seeds }),
    ...(effort === undefined ? {} : { effort }),
  });
  return createNewRun(inputs, plan, given, io);
}

function effortOption({ values, switches }: ParsedArguments): Effort | undefined {
  if (switches.has('exhaustive')) return 'exhaustive';
  return EFFORTS.find(each => each === values.get('effort'));
}

/** The file whose project decides: that of the target's annotation. */
function targetFile({ tasks }: Problem, name: string): string {
  return tasks.find(task => task.name === name)?.reference.file ?? '';
}

async function folderToResume({ paths, values }: ParsedArguments, io: Io): Promise<string> {
  const { findRun, listRuns } = await loadRuns();
  const workspace = workspaceForRuns(paths[0] ?? '.', io);
  const task = values.get('task');
  const asked = values.get('run');
  if (asked !== undefined || task === undefined) return (await findRun([workspace], asked, io.cwd)).folder;
  const latest = (await listRuns(workspace)).runs.find(run => run.kind === 'pilot' && run.task === task);
  return (latest ?? (await findRun([workspace], task, io.cwd))).folder;
}

function printPilot({ manifest, report, state }: RunSnapshot, given: ParsedArguments, io: Io): number {
  if (given.switches.has('json')) io.stdout.json(report ?? null);
  else if (report) io.stdout.lines(pilotLines(report, styleOf(io.stdout, io.env)));
  const command = resumeCommand(manifest.id, given);
  if (state.state === 'stopped') {
    if (state.message !== undefined) io.stderr.line(state.message);
    io.stderr.line(l10n.t('To resume: {0}', command));
    return DONE;
  }
  const again = state.state === 'finished' ? ` ${l10n.t('To try them again: {0}', command)}` : '';
  if (state.message !== undefined) io.stderr.line(state.message + again);
  return report?.verdict && state.state !== 'failed' ? DONE : FAILED;
}

function resumeCommand(run: string, { paths, switches, values }: ParsedArguments): string {
  const trust = switches.has('trust') ? ' --trust' : '';
  const executor = values.get('executor') === 'slurm' ? ' --executor slurm' : '';
  return `strategy-advisor pilot ${paths[0] ?? '.'} --run ${run}${trust}${executor}`;
}
