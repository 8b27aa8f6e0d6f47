import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { setMessages } from '../../../experiments';
import type { PanelKind, PilotCommand } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import { openRun } from '../runs/open-run';
import { createRunPanels } from '../runs/run-panel';
import { createRunsListPanel } from '../runs/runs-list-panel';
import { watchPilotResults } from './pilot-results';
import { createRunLauncher } from './run-launcher';
import { resumeRun, runPilot, train, trainWinner } from './training-commands';

/** What the bundle offers the extension. */
export interface Pilots extends Disposable {
  readonly run: (command: PilotCommand, given: unknown) => Promise<unknown>;
  /** Fills a panel that VS Code has brought back, from what its page had kept. */
  readonly restore: (kind: PanelKind, panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
  /** Told when a problem has come to rest. */
  readonly settled: (scope: Project) => void;
}

export interface PilotBundle {
  readonly startPilots: (services: Services) => Pilots;
}

export const startPilots: PilotBundle['startPilots'] = services => {
  const held = disposables();
  const messages = JSON.stringify(vscode.l10n.bundle ?? {});
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: messages });
  setMessages(messages);
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
  const commands: Readonly<Record<PilotCommand, (given: unknown) => Promise<unknown>>> = {
    runPilot: given => runPilot(services, running, given),
    train: given => train(services, running, given),
    trainWinner: given => trainWinner(services, running, given),
    resumeRun: given => resumeRun(services, running, given),
    openRun: given => openRun(services, panels, given),
    showRuns: () => {
      list.show();
      return Promise.resolve(undefined);
    },
    stopRun: given => running.stop(given),
  };
  return {
    run: (command, given) => commands[command](given),
    async restore(kind, panel, state) {
      if (kind === 'run') await panels.restore(panel, state);
      else list.restore(panel);
    },
    settled: findings.refresh,
    dispose: held.dispose,
  };
};
