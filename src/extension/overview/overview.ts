import type { Feature } from '../feature';
import { registerOverview } from './register';

/** The problem as a whole, in a view of its own. All but its frame is in a bundle that is loaded when it is shown. */
export const overview: Feature = {
  register: services =>
    registerOverview(services, async () => (await services.load('overview')).start(services)),
};
