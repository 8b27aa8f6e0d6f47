import { fork } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { check } from '../../../common/validation';
import { shapeProblemText } from '../../../messages/validation-text';
import { type RunnerReport, type RunnerRequest, STOP, runnerReport } from '../../../protocol/worker-messages';
import type { Services } from '../../services';
import { showErrorMessage } from '../../user-interface';

type WithoutTexts<R> = R extends RunnerRequest ? Omit<R, 'messages'> : never;
export type LaunchRequest = WithoutTexts<RunnerRequest>;

/** A process that plans a run and hands it to another, which goes on without the window. */
export interface Runner {
  /** The folder of the run, once it goes on by itself; `undefined` where that failed, which has been reported. */
  readonly started: Promise<string | undefined>;
  /** Gives up planning. */
  readonly stop: () => void;
  readonly kill: () => void;
}

export interface RunnerOptions {
  readonly request: LaunchRequest;
  readonly messages: string;
  readonly channel: vscode.LogOutputChannel;
  readonly log: Services['log'];
  readonly onPlanned: (folder: string) => void;
}

/** Milliseconds for which a runner may take to give up. */
const PATIENCE = 10_000;

export function startRunner(options: RunnerOptions): Runner {
  const { request, messages, channel, log, onPlanned } = options;
  const child = fork(path.join(import.meta.dirname, 'runner.mjs'), [], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const started = new Promise<string | undefined>(resolve => {
    let errors = '';
    let isTold = false;
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
          onPlanned(report.folder);
          for (const line of report.inputs) channel.info(line);
          for (const warning of report.warnings) channel.warn(warning);
          break;
        case 'started':
          isTold = true;
          resolve(report.folder);
          break;
        case 'failed':
          isTold = true;
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
      if (!isTold)
        channel.error(errors || vscode.l10n.t('The run process exited with code {0}.', String(code)));
      resolve(undefined);
    });
  });
  child.send({ ...request, messages });
  return {
    started,
    stop() {
      if (!child.connected) return;
      child.send(STOP);
      setTimeout(() => child.kill('SIGKILL'), PATIENCE).unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
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
