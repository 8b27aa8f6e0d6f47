import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { features } from './features';
import { counting } from './features/counting/counting-feature';
import { pilots } from './features/pilots/pilots-feature';
import { lifecycle } from './lifecycle';
import { onDemand, withPartsOnDemand } from './on-demand';
import { nodeReader } from './project/node-folder-reader';
import { type LocalMachine, startServices } from './services';

const localMachine: LocalMachine = {
  home: vscode.Uri.file(homedir()),
  async readableFiles(file, workspaceFolders) {
    const { readableFilesOf } = await import('./project/readable-folders');
    return readableFilesOf(file, workspaceFolders);
  },
  async outsidePermissions() {
    const { outsidePermissions } = await import('./project/readable-folders');
    return outsidePermissions;
  },
  createCounter() {
    const counter = onDemand(async () => {
      const { createCounter } = await import('./features/counting/counter');
      return createCounter({
        worker: path.join(import.meta.dirname, 'count-worker.mjs'),
        messages: JSON.stringify(vscode.l10n.bundle ?? {}),
      });
    });
    return {
      count: async (job, signal) => (await counter.get()).count(job, signal),
      dispose: counter.dispose,
    };
  },
  async countTool(counter, settings) {
    const { countDatasetWith } = await import('./features/agents/dataset-count-tool');
    return countDatasetWith(counter, settings);
  },
  async startCheckpoints(services) {
    const { startCheckpoints } = await import('./features/checkpoints/checkpoint-providers');
    return startCheckpoints(services);
  },
  async loadCheckpoints() {
    const { withCheckpointData } = await import('../catalogue/checkpoints-as-sources');
    return withCheckpointData;
  },
  async listRuns(folder) {
    const { listRuns } = await import('../experiments');
    return (await listRuns(folder)).runs;
  },
};

export const { activate, deactivate } = lifecycle(
  context =>
    withPartsOnDemand(startServices(nodeReader, context, localMachine), async services => {
      const { startPilots } = await import('./features/pilots/pilots');
      return startPilots(services);
    }),
  [...features, counting, pilots],
);
