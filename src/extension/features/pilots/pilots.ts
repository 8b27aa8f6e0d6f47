import * as vscode from 'vscode';
import type { PanelKind } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import { openRun } from '../runs/open-run';
import { createRunPanels } from '../runs/run-panel';
import { createRunsListPanel } from '../runs/runs-list-panel';
import { watchPilotResults } from './pilot-results';
import { createRunLauncher } from './run-launcher';
import { followRunning, resumeRun, runPilot, train, trainWinner } from './training-commands';

/** What is done with runs. `given` is what a command was called with: the task or run it is about, if given. */
export interface Pilots extends Disposable {
  readonly runPilot: (given: unknown) => Promise<unknown>;
  readonly train: (given: unknown) => Promise<unknown>;
  readonly trainWinner: (given: unknown) => Promise<unknown>;
  readonly stopRun: (given: unknown) => Promise<void>;
  readonly resumeRun: (given: unknown) => Promise<unknown>;
  readonly openRun: (given: unknown) => Promise<unknown>;
  readonly showRuns: () => void;
  /** Fills a panel that VS Code has brought back, from what its page had kept. */
  readonly restore: (kind: PanelKind, panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
  /** Told when a problem has come to rest. */
  readonly settled: (scope: Project) => void;
}

export function startPilots(services: Services): Pilots {
  const held = disposables();
  const messages = JSON.stringify(vscode.l10n.bundle ?? {});
  const findings = held.add(watchPilotResults(services));
  const panels = held.add(createRunPanels(services));
  const running = held.add(
    createRunLauncher(services, messages, {
      onStart({ resource }, folder, title) {
        if (!services.settings.get('charts.openOnStart', resource)) return;
        panels.open(folder, title).catch((error: unknown) => {
          services.log.warn(String(error));
        });
      },
      onEnd: findings.refresh,
    }),
  );
  const list = held.add(createRunsListPanel(services, panels));
  /** Folders whose runs were looked for that went on before this window did. */
  const seen = new Set<string>();
  const followOnce = (scope: Project): void => {
    if (seen.has(scope.key)) return;
    seen.add(scope.key);
    followRunning(services, running, scope).catch((error: unknown) => {
      services.log.warn(String(error));
    });
  };
  return {
    runPilot: given => runPilot(services, running, given),
    train: given => train(services, running, given),
    trainWinner: given => trainWinner(services, running, given),
    stopRun: given => running.stop(given),
    resumeRun: given => resumeRun(services, running, given),
    openRun: given => openRun(services, panels, given),
    showRuns: list.show,
    async restore(kind, panel, state) {
      if (kind === 'run') await panels.restore(panel, state);
      else list.restore(panel);
    },
    settled(scope) {
      findings.refresh(scope);
      followOnce(scope);
    },
    dispose: held.dispose,
  };
}
