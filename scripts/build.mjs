// npm run build [-- --watch]: everything that ships, into dist/.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';
import { bundles } from './lib/bundles.mjs';
import { root } from './lib/paths.mjs';

const watch = process.argv.includes('--watch');
const dist = path.join(root, 'dist');

const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;

/** Prints how large a bundle became and what makes it so; fails the build above its budget, which is for small code. */
const sizeReport = ({ name, budget: shipped }) => ({
  name: 'size-report',
  setup(build) {
    const budget = watch ? undefined : shipped;
    build.onEnd(result => {
      const [file, output] =
        Object.entries(result.metafile?.outputs ?? {}).find(([, candidate]) => candidate.entryPoint) ?? [];
      if (!output) return;
      const largest = Object.entries(output.inputs)
        .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
        .slice(0, 3)
        .map(([input, { bytesInOutput }]) => `${path.relative('src', input)} ${kilobytes(bytesInOutput)}`);
      const limit = budget ? ` of ${kilobytes(budget)}` : '';
      console.log(`${file}  ${kilobytes(output.bytes)}${limit}  (${largest.join(', ')})`);
      if (budget && output.bytes > budget)
        return {
          errors: [
            { text: `${name} has ${kilobytes(output.bytes)}, more than its budget of ${kilobytes(budget)}` },
          ],
        };
    });
  },
});

/** A command that a terminal can start, and that `npx strategy-advisor` finds in this checkout. */
const executable = {
  name: 'executable',
  setup(build) {
    build.onEnd(result => {
      if (result.errors.length > 0) return;
      chmodSync(path.join(dist, 'cli.js'), 0o755);
      const link = path.join(root, 'node_modules', '.bin', 'strategy-advisor');
      if (process.platform === 'win32' || !existsSync(path.dirname(link))) return;
      rmSync(link, { force: true });
      symlinkSync(path.join('..', '..', 'dist', 'cli.js'), link);
    });
  },
};

/** Bundles whose build is under way: at the start all, none of which has been built. */
const building = new Set(bundles.map(({ name }) => name));

/** Says when a change begins and ends to be built; the task of .vscode/tasks.json waits for these lines. */
const progressReport = ({ name }) => ({
  name: 'progress-report',
  setup(build) {
    build.onStart(() => {
      if (building.size === 0) console.log('watch: building');
      building.add(name);
    });
    build.onEnd(() => {
      building.delete(name);
      if (building.size === 0) console.log('watch: built; Ctrl-C ends it');
    });
  },
});

const settings = bundle => ({
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  legalComments: 'linked',
  metafile: true,
  logLevel: watch ? 'warning' : 'info',
  ...bundle.options,
  plugins: [
    sizeReport(bundle),
    ...(watch ? [progressReport(bundle)] : []),
    ...(bundle.options.plugins ?? []),
    ...(bundle.name === 'cli' ? [executable] : []),
  ],
});

// Tests are built beside these, into dist/test; they stay.
for (const { name } of bundles) rmSync(path.join(dist, `${name}.js`), { force: true });
mkdirSync(dist, { recursive: true });

const contexts = await Promise.all(bundles.map(bundle => context(settings(bundle))));
if (watch) {
  console.log('watch: building');
  await Promise.all(contexts.map(each => each.watch()));
} else {
  const results = await Promise.allSettled(contexts.map(each => each.rebuild()));
  await Promise.all(contexts.map(each => each.dispose()));
  if (results.some(result => result.status === 'rejected')) process.exit(1);
}
