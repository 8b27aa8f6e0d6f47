import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { check } from '../../../common/validation';
import { shapeProblemText } from '../../../messages/validation-text';
import { type RunnerReport, type RunnerRequest, STOP, runnerReport } from '../../../protocol/worker-messages';
import { queueText, timeText } from '../../../experiments/report/run-summary-text';
import { type Disposable, disposables } from '../../disposables';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import { showErrorMessage, showInformationMessage, showQuickPick, withProgress } from '../../user-interface';

export type RunOutcome = Extract<RunnerReport, { kind: 'ended' }>;

/** What goes on at the moment. */
export interface RunLauncher extends Disposable {
  /** Runs a request to its end, with progress and cancel; `undefined` where it failed, which has been reported. */
  readonly start: (title: string, scope: Project, request: LaunchRequest) => Promise<RunOutcome | undefined>;
  /** Stops a run that goes on: that in a folder or, where none is given, the one that the user picks of several. */
  readonly stop: (given: unknown) => Promise<void>;
}

export interface RunLauncherEvents {
  /** A new run has begun in a folder. */
  readonly onStart: (scope: Project, folder: string, title: string) => void;
  /** It has come to its end, whatever that is. */
  readonly onEnd: (scope: Project) => void;
}

type WithoutTexts<R> = R extends RunnerRequest ? Omit<R, 'messages'> : never;
export type LaunchRequest = WithoutTexts<RunnerRequest>;

interface Run {
  readonly title: string;
  readonly child: ChildProcess;
  /** Known as soon as it is planned. */
  folder?: string;
}

/** A runner that has not ended so long after being asked to is killed; its workers end with it. */
const PATIENCE = 1000;

export function createRunLauncher(
  { log }: Services,
  messages: string,
  events: RunLauncherEvents,
): RunLauncher {
  const held = disposables();
  const channel = held.add(
    vscode.window.createOutputChannel(vscode.l10n.t('Strategy Advisor: Runs'), { log: true }),
  );
  const runs = new Set<Run>();
  held.add({
    dispose() {
      for (const { child } of runs) child.kill('SIGKILL');
    },
  });
  return {
    dispose: held.dispose,
    async stop(given) {
      const [only] = runs;
      const meant = [...runs].find(({ folder }) => folder !== undefined && folder === given);
      if (meant) {
        stop(meant.child);
        return;
      }
      // A line may still show a run that has just ended; no other is stopped in its place.
      if (!only || typeof given === 'string') {
        void showInformationMessage(vscode.l10n.t('No run is in progress.'));
        return;
      }
      const items = [...runs].map(run => ({ label: run.title, run }));
      const picked = runs.size === 1 ? { run: only } : await showQuickPick(items);
      if (picked) stop(picked.run.child);
    },
    start: (title, scope, request) =>
      Promise.resolve(
        withProgress(
          { location: vscode.ProgressLocation.Notification, title, cancellable: true },
          async (progress, token) => {
            const child = fork(path.join(import.meta.dirname, 'runner.mjs'), [], {
              env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
              stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
              execArgv: [],
            });
            const run: Run = { title, child };
            runs.add(run);
            const cancel = token.onCancellationRequested(() => {
              stop(child);
            });
            try {
              channel.info(title);
              return await follow(child, request, messages, channel, progress, log, folder => {
                run.folder = folder;
                events.onStart(scope, folder, title);
              });
            } finally {
              cancel.dispose();
              runs.delete(run);
              events.onEnd(scope);
            }
          },
        ),
      ),
  };
}

function stop(child: ChildProcess): void {
  if (!child.connected) return;
  child.send(STOP);
  setTimeout(() => child.kill('SIGKILL'), 10 * PATIENCE).unref();
}

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

function follow(
  child: ChildProcess,
  request: LaunchRequest,
  messages: string,
  channel: vscode.LogOutputChannel,
  progress: Progress,
  log: Services['log'],
  onStart: (folder: string) => void,
): Promise<RunOutcome | undefined> {
  return new Promise(resolve => {
    let shown = 0;
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2000);
    });
    child.on('message', (sent: unknown) => {
      const read = check(runnerReport, sent);
      if (!read.ok) {
        channel.error(shapeProblemText(read.problem));
        return;
      }
      const report = read.value;
      switch (report.kind) {
        case 'planned':
          channel.info(report.folder);
          onStart(report.folder);
          for (const warning of report.warnings) channel.warn(warning);
          break;
        case 'progress': {
          const { finished, total, secondsLeft, failure, job, event, queue } = report.progress;
          if (failure) channel.error(`${failure.id}: ${failure.message}`);
          if (job !== undefined && !event && !failure)
            channel.info(vscode.l10n.t('{0} finished ({1} of {2})', job, finished, total));
          const left = secondsLeft === undefined ? [] : [vscode.l10n.t('{0} left', timeText(secondsLeft))];
          const now = (100 * finished) / Math.max(1, total);
          const waiting = queue ? [queueText(queue)] : [];
          const message = [vscode.l10n.t('{0} of {1} trials', finished, total), ...left, ...waiting].join(
            ' · ',
          );
          progress.report({ message, increment: now - shown });
          shown = now;
          break;
        }
        case 'ended':
          if (report.message !== undefined) channel.info(report.message);
          resolve(report);
          break;
        case 'failed':
          channel.error(report.message);
          void sayFailure(report);
          resolve(undefined);
      }
    });
    child.once('error', error => {
      log.fail(vscode.l10n.t('Could not start the run.'), error);
      resolve(undefined);
    });
    child.once('exit', code => {
      // After a report that ends it, nobody waits any more.
      if (code !== 0)
        channel.error(errors || vscode.l10n.t('The run process exited with code {0}.', String(code)));
      resolve(undefined);
    });
    child.send({ ...request, messages });
  });
}

async function sayFailure({ message, where }: Extract<RunnerReport, { kind: 'failed' }>): Promise<void> {
  const show = vscode.l10n.t('Show Annotation');
  const chosen = await showErrorMessage(message, ...(where ? [show] : []));
  if (chosen !== show || !where) return;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [found] = await vscode.workspace.findFiles(where.file.replaceAll('\\', '/'), undefined, 1);
  const uri = found ?? (folder && vscode.Uri.joinPath(folder.uri, where.file));
  if (!uri) return;
  const selection = new vscode.Range(where.line - 1, 0, where.line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection });
}
