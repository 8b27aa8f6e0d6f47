// npm run layers: who imports whom, as docs/architecture.md draws it; fails on circles and on allowed imports that nobody uses.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, tool } from './lib/paths.mjs';

const layers = JSON.parse(readFileSync(path.join(root, 'scripts/lib/layers.json'), 'utf8'));

const cruise = spawnSync(
  process.execPath,
  [
    tool('dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', '.dependency-cruiser.cjs', 'src', '--output-type', 'json'],
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 },
);
if (!cruise.stdout) {
  console.error(cruise.stderr);
  process.exit(1);
}
const { modules, summary } = JSON.parse(cruise.stdout);

const layerOf = file => /^src\/([^/]+)\//.exec(file)?.[1];
const used = new Set(
  modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => `${layerOf(source)} → ${layerOf(resolved)}`),
  ),
);
const problems = [
  ...summary.violations.map(
    ({ rule, from, to, cycle }) =>
      `${rule.name}: ${from} → ${cycle ? cycle.map(each => each.name ?? each).join(' → ') : to}`,
  ),
  ...layers.flatMap(({ name, imports }) =>
    imports
      .filter(to => !used.has(`${name} → ${to}`))
      .map(to => `scripts/lib/layers.json: no file of ${name} imports ${to}; remove it`),
  ),
];

for (const problem of problems) console.error(problem);
const arrows = layers.reduce((sum, { imports }) => sum + imports.length, 0);
console.log(
  `${problems.length} violations: ${modules.length} modules, ${summary.totalDependenciesCruised} imports, ` +
    `${layers.length} layers with ${arrows} allowed arrows`,
);
process.exit(problems.length > 0 ? 1 : 0);
