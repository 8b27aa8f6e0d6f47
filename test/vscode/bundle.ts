import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths';

/** Bundles the integration suites, and the entry that runs them, into dist/test. */
export async function bundleSuites(): Promise<void> {
  const outdir = path.join(root, 'dist', 'test');
  rmSync(outdir, { recursive: true, force: true });
  const suites = readdirSync(path.join(root, 'test', 'integration')).filter(file =>
    file.endsWith('.test.ts'),
  );
  await build({
    absWorkingDir: root,
    outdir,
    entryPoints: [
      { in: 'test/vscode/host.ts', out: 'host' },
      ...suites.map(file => ({
        in: `test/integration/${file}`,
        out: `integration/${file.replace(/\.ts$/, '')}`,
      })),
    ],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
