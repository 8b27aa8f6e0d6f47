import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of this program's package.json: above `dist/` as it ships, above `src/cli/` in development. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The package.json of strategy-advisor is missing.');
    folder = parent;
  }
  return folder;
}

export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
