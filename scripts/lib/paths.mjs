import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../../..');

/** The program of a package that stands in node_modules, as the path of its script. */
export const tool = script => path.join(root, 'node_modules', script);
