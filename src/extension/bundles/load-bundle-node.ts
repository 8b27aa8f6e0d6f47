import path from 'node:path';
import type { LoadBundle } from './bundle-loader';

/** Loads bundles from the folder of this one. */
export const loadFromFolder: LoadBundle = async name => {
  await Promise.resolve();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle beside this one, by its place
  return require(path.join(__dirname, `${name}.js`)) as never;
};
