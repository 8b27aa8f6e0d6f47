// npm run package [-- FILE]: everything that ships, in one .vsix.
import { statSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import manifest from '../package.json' with { type: 'json' };
import { root } from './lib/paths.mjs';

const packagePath = path.resolve(
  process.argv[2] ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`),
);

// vsce builds first, through the script `vscode:prepublish`.
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(
  `${path.relative(process.cwd(), packagePath)}  ${(statSync(packagePath).size / 1000).toFixed(1)} kB`,
);
