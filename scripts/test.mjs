// npm test [-- --only STAGE]…: everything that shows the project to be in order, the fast things first.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitStatus, removeFolder, spawnOwned, temporaryFolder } from './lib/guard.mjs';
import { root } from './lib/paths.mjs';

/**
 * `counted`: its script runs mocha, which leaves its counts; any other stage counts as one test. `aside`: it runs
 * beside the others of its half (before what is built and packed, or after it), and its output comes when it has
 * ended: what computes beside what computes on one core, what waits for windows beside what waits for processes.
 * `suites`: all that it runs of its suites where the stage `beside`, which runs every one, takes part as well.
 */
const stages = [
  { name: 'format', script: 'format:check', aside: true },
  { name: 'lint', script: 'lint', aside: true },
  { name: 'typecheck', script: 'typecheck', aside: true },
  { name: 'layers', script: 'layers', aside: true },
  { name: 'notices', script: 'notices:check', aside: true },
  { name: 'unit', script: 'test:unit', counted: true },
  { name: 'security', script: 'test:security', counted: true },
  { name: 'engine', script: 'test:engine', counted: true, aside: true },
  { name: 'build', script: 'build' },
  { name: 'package', script: 'package', file: 'strategy-advisor.vsix' },
  { name: 'faults', script: 'test:faults', counted: true },
  { name: 'runs', script: 'test:runs', counted: true },
  {
    ...{ name: 'integration', script: 'test:integration', counted: true, needsServer: true },
    // The package that users install runs all of them; what differs is how the extension is found, starts and ends.
    ...{ suites: 'activation,commands,deactivation', beside: 'vsix' },
  },
  { name: 'ui', script: 'test:ui', counted: true, needsServer: true, aside: true },
  { name: 'web', script: 'test:web', counted: true, needsServer: true, aside: true },
  { name: 'vsix', script: 'test:vsix', counted: true, needsServer: true },
];

const chosen = chooseStages();
const work = temporaryFolder('strategy-advisor-test-');
const total = { passes: 0, failures: 0, pending: 0 };
const failed = [];

/** What the stages of the second half find there, in place of building and packing it themselves. */
const ready = {};
const place = name => stages.findIndex(stage => stage.name === name);
const [beforeBuilt, afterBuilt] = [place('build'), place('package')];
await runBesideEachOther(chosen.filter(({ name }) => place(name) < beforeBuilt));
for (const stage of chosen.filter(({ name }) => place(name) >= beforeBuilt && place(name) <= afterBuilt)) {
  const failuresBefore = total.failures;
  await runAll([stage]);
  if (total.failures > failuresBefore) continue;
  if (stage.name === 'build') ready.TEST_BUILT = '1';
  else ready.TEST_VSIX = path.join(work, stage.file);
}
await runBesideEachOther(chosen.filter(({ name }) => place(name) > afterBuilt));

await removeFolder(work);
// Once more at the end, where they are found at once.
for (const { stage, tests } of failed) {
  console.log(`\nfailed: ${stage}`);
  for (const { test, message } of tests) console.log(`  ${test}\n    ${message.replaceAll('\n', '\n    ')}`);
}
const skipped = total.pending > 0 ? `, ${total.pending} skipped` : '';
console.log(`\n${total.passes} passed, ${total.failures} failed${skipped}`);
process.exit(total.failures > 0 || total.passes === 0 ? 1 : 0);

function chooseStages() {
  const names = stages.map(({ name }) => name).join(', ');
  try {
    const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values;
    const unknown = only?.find(name => !stages.some(stage => stage.name === name));
    if (unknown !== undefined) throw new Error(`There is no stage ${unknown}.`);
    if (!only) return stages;
    // What runs beside each other must not build beside each other.
    const built = stages.findIndex(({ script }) => script === 'build');
    const needsBuild = stages.some(({ name }, i) => i > built && only.includes(name));
    return stages.filter(({ name }, i) => only.includes(name) || (i === built && needsBuild));
  } catch (error) {
    console.error(`${error.message}\nusage: npm test -- [--only STAGE]…, where STAGE is one of ${names}`);
    process.exit(2);
  }
}

async function runBesideEachOther(some) {
  await Promise.all([runAll(some.filter(({ aside }) => aside)), runAll(some.filter(({ aside }) => !aside))]);
}

async function runAll(some) {
  for (const stage of some) {
    if (!stage.aside) console.log(`\n== ${stage.name}`);
    const start = performance.now();
    const counts = await runStage(stage);
    for (const kind of Object.keys(total)) total[kind] += counts[kind];
    if (counts.failures > 0) failed.push({ stage: stage.name, tests: counts.failed ?? [] });
    const verdict = counts.failures > 0 ? 'failed' : counts.passes > 0 ? 'passed' : 'skipped';
    console.log(`== ${stage.name} ${verdict} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

async function runStage({ name, script, counted, aside, needsServer, suites, beside, file: packed }) {
  if (needsServer && (process.platform !== 'linux' || process.arch !== 'x64')) {
    console.log(`${name} is skipped: it needs linux-x64. Run \`npm run test:electron\` here.`);
    return { passes: 0, failures: 0, pending: 1 };
  }
  const file = path.join(work, `${name}.json`);
  const isShort = chosen.some(stage => stage.name === beside);
  if (isShort) console.log(`Only ${suites.replaceAll(',', ', ')}: the stage ${beside} runs every suite.`);
  const environment = { TEST_COUNTS: file, ...ready, ...(isShort && { TEST_SUITES: suites }) };
  const args = packed ? ['--', path.join(work, packed)] : [];
  const status = await runScript([script, ...args], environment, aside);
  if (!counted) return { passes: Number(status === 0), failures: Number(status !== 0), pending: 0 };
  if (!existsSync(file)) {
    console.error(`${name} ended with status ${status} before its tests did`);
    return { passes: 0, failures: 1, pending: 0 };
  }
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  const ranNothing = counts.passes + counts.failures === 0;
  if (ranNothing) console.error(`${name} ran no test`);
  return { ...counts, failures: Math.max(counts.failures, Number(status !== 0 || ranNothing)) };
}

/** Its output goes straight to ours, or to the end of it at once. It gets no input: nothing here may stop and ask. */
async function runScript(words, environment, aside = false) {
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const out = aside ? 'pipe' : 'inherit';
  const child = spawnOwned(command, [...first, 'run', '--silent', ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', out, out],
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk));
  const status = await exitStatus(child);
  process.stdout.write(Buffer.concat(said));
  return status;
}
