import { loadFromExtension } from './bundles/load-bundle-web';
import { features } from './features';
import { agents } from './features/agents/agents-feature';
import { diagram } from './features/diagram/diagram-feature';
import { language } from './features/language/language-feature';
import { overview } from './features/overview/overview-feature';
import { pilotsInBrowser } from './features/pilots/pilots-in-browser';
import { lifecycle } from './lifecycle';
import { webReader } from './project/web-folder-reader';
import { startServices } from './services';

// In a browser there are no processes and no local files: the same advice, without counting data; training says what it needs.
export const { activate, deactivate } = lifecycle(
  context => startServices(webReader, loadFromExtension(context.extensionUri), context),
  [...features, language, pilotsInBrowser, overview, diagram, agents],
);
