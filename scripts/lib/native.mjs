// The packages with native code, as they ship: for one platform, without what only building them needs.
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * What goes beside the bundles, by package. A platform that a package has no binary for goes without: what needs it
 * says so there.
 */
const packages = {
  'onnxruntime-node': (platform, arch) => ['package.json', 'dist', nativeRuntime(platform, arch)],
  // Where there is no binary, the same runtime in WebAssembly, which is too large to ship for nothing.
  'onnxruntime-web': (platform, arch) =>
    hasNativeRuntime(platform, arch)
      ? []
      : [
          'package.json',
          ...['ort.node.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].map(
            file => `dist/${file}`,
          ),
        ],
  'onnxruntime-common': (platform, arch) => [
    'package.json',
    'dist/cjs',
    ...(hasNativeRuntime(platform, arch) ? [] : ['dist/esm']),
  ],
  '@julusian/jpeg-turbo': (platform, arch) => [
    'package.json',
    'LICENSE',
    'index.js',
    'binding-options.js',
    `prebuilds/jpeg-turbo-${platform}-${arch}`,
  ],
  'pkg-prebuilds': () => ['package.json', 'LICENSE', 'bindings.js', 'lib'],
};

function nativeRuntime(platform, arch) {
  return `bin/napi-v6/${platform}/${arch}`;
}

function hasNativeRuntime(platform, arch) {
  return existsSync(path.join(root, 'node_modules/onnxruntime-node', nativeRuntime(platform, arch)));
}

/** Their names. */
export const nativePackages = Object.keys(packages);

/** TypeScript's declarations and maps serve nobody at run time. */
const isNeeded = file => !/\.(?:map|d\.ts)$/.test(file);

/** Puts the packages into `folder`, which is emptied first. */
export function copyNative(folder, { platform = process.platform, arch = process.arch } = {}) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, filesOf] of Object.entries(packages)) {
    const from = path.join(root, 'node_modules', name);
    for (const file of filesOf(platform, arch))
      if (existsSync(path.join(from, file)))
        cpSync(path.join(from, file), path.join(folder, name, file), { recursive: true, filter: isNeeded });
  }
}
