import * as vscode from 'vscode';
import { COMMANDS, type CommandName } from './contributions';
import { disposables } from './disposables';
import { showAdvice } from './features/advice/advice-page';
import type { Pilots } from './features/pilots/pilots';
import type { Feature } from './lifecycle';
import type { ServicesOnDemand } from './on-demand';
import { showInformationMessage } from './user-interface';

interface Command {
  /** Does it; `given` is what it was called with, which may be anything. What it needs is loaded then. */
  readonly run: (services: ServicesOnDemand, given: unknown) => unknown;
  /** What the user reads where it throws, before the reason. */
  readonly failure: () => string;
}

const failed = (): string => vscode.l10n.t('The command failed.');

const EVERY_COMMAND: Readonly<Record<CommandName, Command>> = {
  showAdvice: {
    run: ({ problems }, given) => showAdvice(problems, given),
    failure: () => vscode.l10n.t('Could not show the advice.'),
  },
  copyAdvice: {
    async run({ problems }, given) {
      const { copyAdvice } = await import('./features/advice/copy-advice');
      await copyAdvice(problems, given);
    },
    failure: () => vscode.l10n.t('Could not copy the advice.'),
  },
  showDiagram: {
    run: async ({ diagrams }) => (await diagrams.get()).show(),
    failure: () => vscode.l10n.t('Could not draw the diagram.'),
  },
  showLog: {
    run: ({ log }) => {
      log.show();
    },
    failure: failed,
  },
  insertAnnotations: {
    async run(_, given) {
      const { insertAnnotations } = await import('./features/getting-started/getting-started-commands');
      await insertAnnotations(given);
    },
    failure: failed,
  },
  createExample: {
    async run() {
      const { createExample } = await import('./features/getting-started/getting-started-commands');
      return createExample();
    },
    failure: failed,
  },
  openWalkthrough: {
    async run() {
      const { openWalkthrough } = await import('./features/getting-started/getting-started-commands');
      await openWalkthrough();
    },
    failure: failed,
  },
  openData: {
    async run(services, given) {
      const { openData } = await import('./features/overview/dataset-commands');
      await openData(services, given);
    },
    failure: failed,
  },
  updateSize: {
    async run(services, given) {
      const { updateSize } = await import('./features/overview/dataset-commands');
      return updateSize(services, given);
    },
    failure: failed,
  },
  showInNotebook: {
    async run({ problems }, given) {
      const { showInNotebook } = await import('./features/overview/overview-tree');
      await showInNotebook(problems, given);
    },
    failure: failed,
  },
  allowOutside: {
    async run(services, given) {
      const { allowOutside } = await import('./features/permissions/outside-folders');
      return allowOutside(services, given);
    },
    failure: () => vscode.l10n.t('The folder was not allowed.'),
  },
  revokeOutside: {
    async run(services) {
      const { revokeOutside } = await import('./features/permissions/outside-folders');
      await revokeOutside(services);
    },
    failure: () => vscode.l10n.t('The folder was not revoked.'),
  },
  runPilot: withRuns((pilots, given) => pilots.runPilot(given)),
  train: withRuns((pilots, given) => pilots.train(given)),
  trainWinner: withRuns((pilots, given) => pilots.trainWinner(given)),
  stopRun: withRuns((pilots, given) => pilots.stopRun(given)),
  resumeRun: withRuns((pilots, given) => pilots.resumeRun(given)),
  openRun: withRuns((pilots, given) => pilots.openRun(given)),
  showRuns: withRuns(pilots => {
    pilots.showRuns();
  }),
};

/** A command on runs. In a browser there are no processes to train in: there it says what it needs. */
function withRuns(run: (pilots: Pilots, given: unknown) => unknown): Command {
  return {
    async run({ pilots }, given) {
      if (pilots) return run(await pilots.get(), runOf(given));
      void showInformationMessage(
        vscode.l10n.t(
          'Pilots and training runs need local processes, which a browser does not provide. Open this folder in VS Code on the desktop, or run `strategy-advisor pilot` in a terminal.',
        ),
      );
      return undefined;
    },
    failure: failed,
  };
}

/** A line of the overview that is about a run stands for the folder of the run. */
function runOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'run' in given ? given.run : given;
}

/** Registers every command; one that fails says so, with its reason. */
export const commands: Feature<ServicesOnDemand> = {
  register(services) {
    const held = disposables();
    for (const [name, id] of Object.entries(COMMANDS) as [CommandName, string][]) {
      const { run, failure } = EVERY_COMMAND[name];
      held.add(
        vscode.commands.registerCommand(id, async (given: unknown) => {
          try {
            return await run(services, given);
          } catch (error) {
            services.log.fail(failure(), error);
            return undefined;
          }
        }),
      );
    }
    return held;
  },
};
