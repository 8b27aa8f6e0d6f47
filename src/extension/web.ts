import { agents } from './agents/agents';
import { loadFromExtension } from './bundles/web';
import { diagram } from './diagram/diagram';
import { features } from './features';
import { language } from './language/language';
import { lifecycle } from './lifecycle';
import { overview } from './overview/overview';
import { pilotsElsewhere } from './pilots/unavailable';
import { startServices } from './services';
import { webReader } from './workspace/web-reader';

// In a browser there are no processes and no local files: the same advice, without counting data; training says what it needs.
export const { activate, deactivate } = lifecycle(
  context => startServices(webReader, loadFromExtension(context.extensionUri), context),
  [...features, language, pilotsElsewhere, overview, diagram, agents],
);
