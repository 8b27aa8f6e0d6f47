// The extension as one .vsix, for one platform.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { copyNative } from './native.mjs';
import { root } from './paths.mjs';

/** This machine's platform, as VS Code names it. */
export const ownTarget = `${process.platform}-${process.arch}`;

/**
 * The platforms of a release. ONNX Runtime has no binary for darwin-x64, which trains in WebAssembly, and none runs in a
 * browser (`web`): all but training works there.
 */
export const targets = [
  ...['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
  'web',
];

/** Builds everything, through the script `vscode:prepublish`, and packs what `target` needs into `file`. */
export async function packExtension(file, target = ownTarget) {
  // In a checkout the bundles find these packages in its own node_modules.
  const native = path.join(root, 'dist', 'node_modules');
  const [platform, arch] = target.split('-');
  if (target === 'web') rmSync(native, { recursive: true, force: true });
  else copyNative(native, { platform, arch });
  try {
    await createVSIX({
      cwd: root,
      packagePath: file,
      target,
      dependencies: false,
      rewriteRelativeLinks: false,
    });
  } finally {
    rmSync(native, { recursive: true, force: true });
  }
}
