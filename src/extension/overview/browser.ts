import type { Feature } from '../feature';
import { registerOverview } from './register';
import { startOverview } from './start';

/** The same view in a browser, where nothing is ever run. */
export const overviewInBrowser: Feature = {
  register: services => registerOverview(services, () => startOverview(services, () => Promise.resolve([]))),
};
