import { everywhere } from './features';
import { lifecycle } from './lifecycle';

// In a browser there are no processes and no local files: the same advice, without counting data and without training.
export const { activate, deactivate } = lifecycle(everywhere);
