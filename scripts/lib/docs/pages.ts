import { conditionTable, sourceTable, thresholdTable } from './advice';
import { fieldTable, toolTable } from './agents';
import { evidenceCounts, evidenceTables } from './evidence';
import { categoryTable, keyTable, kindTable, languageTable, unitTable } from './language';
import { layerPicture, layerTable } from './layers';
import type { Sections } from './markdown';
import { commandTable, settingTable } from './settings';

/** What is generated, by page and section; the words around the sections are written by hand, in the pages. */
export const PAGES: Readonly<Record<string, Sections>> = {
  'docs/advice.md': {
    'conditions:decomposition': () => conditionTable(['end-to-end', 'pipeline']),
    'conditions:learning': () => conditionTable(['transfer', 'multitask', 'single-task']),
    'thresholds:ample': () => thresholdTable('ample'),
    'thresholds:network': () => thresholdTable('network'),
    'thresholds:sources': () => thresholdTable('sources'),
    'thresholds:depth': () => thresholdTable('depth'),
    'thresholds:decomposition': () => thresholdTable('decomposition'),
    sources: sourceTable,
  },
  'docs/agents.md': { tools: toolTable, fields: fieldTable },
  'docs/architecture.md': { layers: layerTable },
  'docs/evidence.md': { records: evidenceTables },
  'docs/language.md': {
    'keys:dataset': () => keyTable('dataset'),
    'keys:task': () => keyTable('task'),
    'keys:pipeline': () => keyTable('pipeline'),
    kinds: kindTable,
    units: unitTable,
    categories: categoryTable,
    languages: languageTable,
  },
  'docs/settings.md': {
    settings: settingTable,
    commands: commandTable,
  },
  'evidence/README.md': { counts: evidenceCounts },
};

/** Files that are generated whole. */
export const FILES: Readonly<Record<string, () => string>> = { 'media/layers.svg': layerPicture };
