import { agentsInBrowser } from './agents/browser';
import { features } from './features';
import { languageFeatures } from './language/features';
import { lifecycle } from './lifecycle';
import { overviewInBrowser } from './overview/browser';
import { pilotsElsewhere } from './pilots/unavailable';
import { startServices } from './services';
import { webReader } from './workspace/web-reader';

// In a browser there are no processes and no local files: the same advice, without counting data; training says what it needs.
export const { activate, deactivate } = lifecycle(
  context => startServices(webReader, context),
  [...features, ...languageFeatures, agentsInBrowser, overviewInBrowser, pilotsElsewhere],
);
