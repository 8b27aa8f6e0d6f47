// npm run build [-- --watch]: everything that ships, into dist/.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';
import { bundles } from './lib/bundles.mjs';
import { root } from './lib/paths.mjs';

const watch = process.argv.includes('--watch');
// `npm test` has built once, and what runs beside each other may not replace files under the other's feet.
if (!watch && process.env.TEST_BUILT) process.exit(0);
const dist = path.join(root, 'dist');

const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;

/** The files that are loaded with one: itself and what it imports, one through the other, but not on demand. */
function loadedWith(file, outputs) {
  const files = new Set([file]);
  for (const each of files)
    for (const { path: imported, kind, external } of outputs[each].imports)
      if (kind === 'import-statement' && !external) files.add(imported);
  return files;
}

/**
 * Prints for each entry what is loaded with it and what makes it so large; fails the build where that is above its
 * budget, which is for small code. What is loaded into a program that runs counts without what that has already.
 */
const sizeReport = ({ budgets }) => ({
  name: 'size-report',
  setup(build) {
    build.onEnd(({ metafile: { outputs } = { outputs: {} } }) => {
      const fileOf = entry => Object.keys(outputs).find(file => outputs[file].entryPoint === entry);
      const errors = [];
      for (const [file, { entryPoint }] of Object.entries(outputs)) {
        if (!entryPoint) continue;
        const { into, budget } = budgets[entryPoint] ?? {};
        const known = into ? loadedWith(fileOf(into), outputs) : new Set();
        const loaded = [...loadedWith(file, outputs)].filter(each => !known.has(each));
        const bytes = loaded.reduce((sum, each) => sum + outputs[each].bytes, 0);
        const largest = loaded
          .flatMap(each => Object.entries(outputs[each].inputs))
          .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
          .slice(0, 3)
          .map(([input, { bytesInOutput }]) => `${path.relative('src', input)} ${kilobytes(bytesInOutput)}`);
        const files = loaded.length > 1 ? ` in ${loaded.length} files` : '';
        const limit = budget ? ` of ${kilobytes(budget)}` : '';
        console.log(`${file}  ${kilobytes(bytes)}${limit}${files}  (${largest.join(', ')})`);
        if (budget && bytes > budget && !watch)
          errors.push({ text: `${entryPoint} loads ${kilobytes(bytes)}, more than ${kilobytes(budget)}` });
      }
      return { errors };
    });
  },
});

/** Removes what earlier builds have left in the folders that this one writes to: the names of chunks change. */
const withoutOld = {
  name: 'without-old',
  setup(build) {
    build.onEnd(({ errors, metafile }) => {
      if (errors.length > 0) return;
      const written = new Set(Object.keys(metafile.outputs).map(file => path.resolve(root, file)));
      for (const folder of new Set([...written].map(file => path.dirname(file))))
        for (const { name } of readdirSync(folder, { withFileTypes: true }).filter(each => each.isFile())) {
          const file = path.join(folder, name);
          if (/\.m?js(?:\.map|\.LEGAL\.txt)?$/.test(name) && !written.has(file)) rmSync(file);
        }
    });
  },
};

/** A command that a terminal can start, and that `npx --no -- strategy-advisor` finds in this checkout. */
const executable = {
  name: 'executable',
  setup(build) {
    build.onEnd(({ errors, metafile }) => {
      if (errors.length > 0) return;
      const program = path.join(dist, 'cli.mjs');
      chmodSync(program, 0o755);
      writeFileSync(path.join(dist, '.npmignore'), editorOnly(metafile.outputs).join('\n'));
      const link = path.join(root, 'node_modules', '.bin', 'strategy-advisor');
      if (process.platform === 'win32' || !existsSync(path.dirname(link))) return;
      rmSync(link, { force: true });
      symlinkSync(path.join('..', '..', 'dist', 'cli.mjs'), link);
    });
  },
};

/** What only the editor loads, which the package of the command line goes without. */
function editorOnly(outputs) {
  const files = new Set(['dist/cli.mjs', 'dist/trial-worker.mjs']);
  for (const each of files)
    for (const { path: imported, external } of outputs[each].imports) if (!external) files.add(imported);
  return Object.keys(outputs)
    .filter(file => file.endsWith('.mjs') && !files.has(file))
    .map(file => `/${path.basename(file)}`);
}

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
    ...(bundle.name === 'programs' ? [withoutOld, executable] : []),
  ],
});

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
