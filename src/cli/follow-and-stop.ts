import * as l10n from '@vscode/l10n';
import type { RunSummary } from '../experiments';
import { shellWord } from '../common/shell-word';
import { DONE, FAILED } from './command-line';
import { loadRuns } from './launch-run';
import { showProgress } from './run-progress';
import { type Io, displayPath } from './terminal';

/** Follows a run to its end, in whatever process it goes on, and prints what it has come to. Returns the exit status. */
export async function followToEnd(
  run: RunSummary,
  io: Io,
  print: (run: RunSummary) => Promise<number>,
): Promise<number> {
  const { followState } = await loadRuns();
  const display = showProgress(io);
  const signal = io.interruption?.();
  const state = await followState(
    run.folder,
    ({ state: { progress, queue }, finished, total, newlyFailed }) => {
      const common = {
        finished,
        total,
        failed: progress?.failed ?? 0,
        ...(progress?.secondsLeft === undefined ? {} : { secondsLeft: progress.secondsLeft }),
        ...(queue ? { queue } : {}),
      };

      for (const failure of newlyFailed) display.show({ ...common, failure });
      if (newlyFailed.length === 0) display.show(common);
    },
    signal ? { signal } : {},
  ).finally(() => {
    display.end();
  });
  if (state.state === 'running') {
    io.stderr.line(l10n.t('{0} goes on. To stop it: {1}', run.id, await stopCommand(run, io)));
    return DONE;
  }
  if (state.message !== undefined) io.stderr.line(state.message);
  const status = await print(run);
  return state.state === 'finished' || state.state === 'stopped' ? status : FAILED;
}

async function stopCommand({ id, folder }: RunSummary, io: Io): Promise<string> {
  return `strategy-advisor runs ${await projectOperand(folder, io)} --stop ${id}`;
}

/** The project of a run, as a word of a command that is given where the user is. */
async function projectOperand(folder: string, io: Io): Promise<string> {
  const { workspaceOf } = await loadRuns();
  return shellWord(displayPath(workspaceOf(folder), io));
}

/** Stops a run, in whatever process it goes on. Returns the exit status. */
export async function stopAndSay({ folder, id, kind }: RunSummary, io: Io): Promise<number> {
  const { stopRun } = await loadRuns();
  switch (await stopRun(folder)) {
    case 'stopped': {
      const resume = `strategy-advisor ${kind} ${await projectOperand(folder, io)} ${kind === 'pilot' ? `--run ${id}` : '--resume'}`;
      io.stderr.line(l10n.t('Stopped {0}. To resume: {1}', id, resume));
      return DONE;
    }
    case 'not-running':
      io.stderr.line(l10n.t('{0} is not running.', id));
      return FAILED;
    case 'no-answer':
      io.stderr.line(
        l10n.t('The process of {0} does not answer. If it is on another machine, stop it there.', id),
      );
      return FAILED;
  }
}
