import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { loadFromFolder } from './bundles/load-bundle-node';
import { features } from './features';
import { agents } from './features/agents/agents-feature';
import { datasetSizes } from './features/counting/dataset-sizes';
import { diagram } from './features/diagram/diagram-feature';
import { language } from './features/language/language-feature';
import { overview } from './features/overview/overview-feature';
import { pilots } from './features/pilots/pilots-feature';
import { lifecycle } from './lifecycle';
import { nodeReader } from './project/node-folder-reader';
import { startServices } from './services';

export const { activate, deactivate } = lifecycle(
  context => startServices(nodeReader, loadFromFolder, context, vscode.Uri.file(homedir())),
  [...features, language, datasetSizes, pilots, overview, diagram, agents],
);
