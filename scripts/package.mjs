// npm run package [-- FILE]: everything that ships for this platform, in one .vsix.
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import manifest from '../package.json' with { type: 'json' };
import { copyNative } from './lib/native.mjs';
import { root } from './lib/paths.mjs';

const packagePath = path.resolve(
  process.argv[2] ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`),
);

// In a checkout the bundles find these packages in its own node_modules.
const native = path.join(root, 'dist', 'node_modules');
copyNative(native);
try {
  // vsce builds first, through the script `vscode:prepublish`.
  await createVSIX({
    cwd: root,
    packagePath,
    target: `${process.platform}-${process.arch}`,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} finally {
  rmSync(native, { recursive: true, force: true });
}
console.log(
  `${path.relative(process.cwd(), packagePath)}  ${(statSync(packagePath).size / 1000).toFixed(1)} kB`,
);
