import path from 'node:path';
import type { Feature } from '../feature';
import type { OverviewBundle } from './bundle';
import { registerOverview } from './register';

/** The problem as a whole, in a view of its own. All but its frame is in a bundle that is loaded when it is shown. */
export const overview: Feature = {
  register: services =>
    registerOverview(services, () =>
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle beside this one, by its place
      (require(path.join(__dirname, 'overview.js')) as OverviewBundle).start(services),
    ),
};
