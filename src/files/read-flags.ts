import { constants } from 'node:fs';

/**
 * Opening a pipe waits for someone who writes to it, unless told not to wait; a terminal that is opened must not
 * become that of this process. Windows has neither.
 */
// eslint-disable-next-line local/own-lookup -- the names below
const flagOf = (name: string): number => (constants as Readonly<Record<string, number>>)[name] ?? 0;
export const READ_FLAGS = constants.O_RDONLY | flagOf('O_NONBLOCK') | flagOf('O_NOCTTY');
