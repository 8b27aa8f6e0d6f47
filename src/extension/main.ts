import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { agents } from './agents/agents';
import { loadFromFolder } from './bundles/node';
import { datasetSizes } from './datasets/dataset-sizes';
import { diagram } from './diagram/diagram';
import { features } from './features';
import { language } from './language/language';
import { lifecycle } from './lifecycle';
import { overview } from './overview/overview';
import { pilots } from './pilots/pilots';
import { startServices } from './services';
import { nodeReader } from './workspace/node-reader';

export const { activate, deactivate } = lifecycle(
  context => startServices(nodeReader, loadFromFolder, context, vscode.Uri.file(homedir())),
  [...features, language, datasetSizes, pilots, overview, diagram, agents],
);
