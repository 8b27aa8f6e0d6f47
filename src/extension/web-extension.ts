import { features } from './features';
import { lifecycle } from './lifecycle';
import { withPartsOnDemand } from './on-demand';
import { webReader } from './project/web-folder-reader';
import { startServices } from './services';

// In a browser there are no processes and no local files: the same advice, without counting data; training says what it needs.
export const { activate, deactivate } = lifecycle(
  context => withPartsOnDemand(startServices(webReader, context)),
  features,
);
