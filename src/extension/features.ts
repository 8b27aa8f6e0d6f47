import type { Feature } from './feature';

/** What runs wherever VS Code does, a browser included. */
export const everywhere: readonly Feature[] = [];
