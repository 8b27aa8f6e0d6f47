import { errorMessage } from '../../../common/errors';
import * as vscode from 'vscode';
import { type StopEnd, stopRun } from '../../../experiments';
import { runTitle } from '../../../messages/run-titles';
import type { RunOutcome } from '../../../protocol/run-files';
import { type Disposable, disposables } from '../../disposables';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import {
  showInformationMessage,
  showQuickPick,
  showWarningMessage,
  withProgress,
} from '../../user-interface';
import { runsOf } from '../runs/open-run';
import { showRunProgress } from './run-progress';
import { type LaunchRequest, type Runner, startRunner } from './runner';

export type { RunOutcome };

/** The runs that this window has started or found. They go on without it. */
export interface RunLauncher extends Disposable {
  /**
   * Starts what is asked for and follows it to its end, with progress and cancel; `undefined` where it failed, which
   * has been reported, or where the window ends before it.
   */
  readonly start: (title: string, scope: Project, request: LaunchRequest) => Promise<RunOutcome | undefined>;
  /** The same for a run that goes on already, in whatever process. */
  readonly follow: (title: string, scope: Project, folder: string) => Promise<RunOutcome | undefined>;
  readonly isFollowed: (folder: string) => boolean;
  /** Stops a run that goes on: that in a folder or, where none is given, the one that the user picks of several. */
  readonly stop: (given: unknown) => Promise<void>;
}

export interface RunLauncherEvents {
  /** A new run has begun in a folder. */
  readonly onStart: (scope: Project, folder: string, title: string) => void;
  /** It has come to its end, whatever that is. */
  readonly onEnd: (scope: Project) => void;
}

interface Run {
  readonly title: string;
  readonly scope: Project;
  /** Ends the following, not the run. */
  readonly leave: AbortController;
  /** Plans it and hands it on. */
  runner?: Runner;
  /** Known as soon as it is planned. */
  folder?: string;
  isCancelled: boolean;
}

type Progress = Parameters<Parameters<typeof withProgress>[1]>[0];

export function createRunLauncher(
  services: Services,
  messages: string,
  events: RunLauncherEvents,
): RunLauncher {
  const { log } = services;
  const held = disposables();
  const channel = held.add(
    vscode.window.createOutputChannel(vscode.l10n.t('Strategy Advisor: Runs'), { log: true }),
  );
  const runs = new Set<Run>();
  held.add({
    dispose() {
      for (const { runner, leave } of runs) {
        leave.abort();
        runner?.kill();
      }
    },
  });

  const stopFolder = async (folder: string): Promise<StopEnd> => {
    const end = await stopRun(folder);
    if (end === 'not-running') void showInformationMessage(vscode.l10n.t('No run is in progress.'));
    if (end === 'no-answer')
      void showWarningMessage(
        vscode.l10n.t('The process of this run does not answer. If it is on another machine, stop it there.'),
      );
    return end;
  };
  const stopSoon = (folder: string, then: (end: StopEnd) => void = () => undefined): void => {
    stopFolder(folder).then(then, (error: unknown) => {
      log.warn(errorMessage(error));
    });
  };
  const cancel = (run: Run): void => {
    run.isCancelled = true;
    if (run.runner) run.runner.stop();
    else if (run.folder !== undefined)
      stopSoon(run.folder, end => {
        if (end !== 'stopped') run.leave.abort();
      });
  };

  const launch = async (run: Run, request: LaunchRequest): Promise<string | undefined> => {
    const runner = startRunner({
      ...{ request, messages, channel, log },
      onPlanned(folder) {
        run.folder = folder;
      },
    });
    run.runner = runner;
    const folder = await runner.started;
    delete run.runner;
    if (folder === undefined) return undefined;
    run.folder = folder;
    events.onStart(run.scope, folder, run.title);
    if (run.isCancelled) cancel(run);
    return folder;
  };
  const withNotification = (
    title: string,
    scope: Project,
    begin: (run: Run) => Promise<string | undefined>,
  ): Promise<RunOutcome | undefined> => {
    const task = async (
      progress: Progress,
      token: vscode.CancellationToken,
    ): Promise<RunOutcome | undefined> => {
      const run: Run = { title, scope, leave: new AbortController(), isCancelled: false };
      runs.add(run);
      const listening = token.onCancellationRequested(() => {
        cancel(run);
      });
      try {
        channel.info(title);
        const folder = await begin(run);
        return folder === undefined
          ? undefined
          : await showRunProgress(folder, { progress, channel, signal: run.leave.signal });
      } finally {
        listening.dispose();
        runs.delete(run);
        events.onEnd(scope);
      }
    };
    const location = vscode.ProgressLocation.Notification;
    return Promise.resolve(withProgress({ location, title, cancellable: true }, task));
  };

  return {
    dispose: held.dispose,
    isFollowed: folder => [...runs].some(run => run.folder === folder),
    start: (title, scope, request) => withNotification(title, scope, run => launch(run, request)),
    follow: (title, scope, folder) =>
      withNotification(title, scope, run => {
        run.folder = folder;
        return Promise.resolve(folder);
      }),
    async stop(given) {
      const own = [...runs].find(({ folder }) => folder !== undefined && folder === given);
      if (own) {
        cancel(own);
        return;
      }
      // Those of other windows and of terminals too.
      const others = (await runsOf(services))
        .filter(({ run }) => run.state === 'running')
        .map(({ run }) => run);
      if (typeof given === 'string') {
        // A line may still show a run that has just ended; no other is stopped in its place.
        if (others.some(({ folder }) => folder === given)) await stopFolder(given);
        else void showInformationMessage(vscode.l10n.t('No run is in progress.'));
        return;
      }
      const choices = [
        ...[...runs].map(run => ({
          label: run.title,
          stop() {
            cancel(run);
          },
        })),
        ...others
          .filter(({ folder }) => ![...runs].some(run => run.folder === folder))
          .map(run => ({
            label: run.name ?? runTitle(run),
            stop() {
              stopSoon(run.folder);
            },
          })),
      ];
      const [only] = choices;
      if (!only) void showInformationMessage(vscode.l10n.t('No run is in progress.'));
      else (choices.length === 1 ? only : await showQuickPick(choices))?.stop();
    },
  };
}
