import type { Feature } from './feature';
import { everywhere } from './features';
import { lifecycle } from './lifecycle';

/** What the extension does where it has files and processes. */
const features: readonly Feature[] = [...everywhere];

export const { activate, deactivate } = lifecycle(features);
