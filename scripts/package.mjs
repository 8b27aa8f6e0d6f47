// npm run package [-- FILE] [--target PLATFORM]: everything that ships for this platform, or another, in one .vsix.
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { ownTarget, packExtension, targets } from './lib/pack-extension.mjs';
import { root } from './lib/paths.mjs';

const { values, positionals } = parseArgs({
  options: { target: { type: 'string', default: ownTarget } },
  allowPositionals: true,
});
if (values.target !== ownTarget && !targets.includes(values.target)) {
  console.error(`There is no target ${values.target}. There are ${targets.join(', ')}.`);
  process.exit(2);
}
const file = path.resolve(positionals[0] ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`));
await packExtension(file, values.target);
console.log(`${path.relative(process.cwd(), file)}  ${(statSync(file).size / 1000).toFixed(1)} kB`);
