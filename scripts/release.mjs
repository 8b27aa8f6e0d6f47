// npm run release -- VERSION [--dry-run]: everything that users get of a version, in release/, and its commit and tag.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync, execSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { addresses } from './lib/addresses.mjs';
import { noticesOf, shippedPackages } from './lib/notices.mjs';
import { packExtension, targets } from './lib/pack-extension.mjs';
import { root } from './lib/paths.mjs';
import { checksums, datedChangelog, isVersion, refusals, shippedBill, withVersion } from './lib/release.mjs';

const USAGE = `usage: npm run release -- VERSION [--dry-run]

Makes the release VERSION (three numbers, such as 1.2.3): sets the version, packs the extension for each
platform and the command line for npm, writes checksums and a bill of materials into release/, then commits
and tags. Nothing is pushed or published.

--dry-run   builds all of it, says what would stop a release, and leaves the checkout as it was`;

const { version, dryRun } = readArguments();
const inRoot = (...parts) => path.join(root, ...parts);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const out = inRoot('release');

const reasons = refusals(version, {
  current: JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version,
  changes: git('status', '--porcelain'),
  tags: git('tag', '--list').split('\n'),
  changelog: readFileSync(inRoot('CHANGELOG.md'), 'utf8'),
  addresses,
});
if (reasons.length > 0) {
  console.error([dryRun ? 'A release would be refused:' : 'No release is made:', ...reasons].join('\n- '));
  if (!dryRun) process.exit(1);
}

/** What a release changes, as it was before. */
const before = ['package.json', 'package-lock.json', 'CHANGELOG.md'].map(name => ({
  name,
  text: readFileSync(inRoot(name), 'utf8'),
}));
const restore = () => {
  for (const { name, text } of before) writeFileSync(inRoot(name), text);
};
const interrupted = () => {
  restore();
  process.exit(130);
};
process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

try {
  setVersion();
  await buildAll();
  if (!dryRun) {
    git('commit', '--quiet', '--message', `Release ${version}`, '--', ...before.map(({ name }) => name));
    git('tag', '--annotate', `v${version}`, '--message', `Strategy Advisor ${version}`);
  }
} catch (error) {
  restore();
  console.error(`No release was made: ${error.message}`);
  process.exit(1);
}
if (dryRun) restore();

for (const name of readdirSync(out))
  console.log(`release/${name}  ${(statSync(path.join(out, name)).size / 1000).toFixed(1)} kB`);
console.log(
  dryRun
    ? `\n${version} was built; nothing was committed or tagged.`
    : `\n${version} is committed and tagged. To publish it: git push --follow-tags, then upload release/.`,
);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new Error('Give one version.');
    if (!isVersion(given)) throw new Error(`${given} is not a version of three numbers.`);
    return { version: given, dryRun: values['dry-run'] };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function setVersion() {
  const today = new Date().toISOString().slice(0, 10);
  for (const { name, text } of before)
    writeFileSync(
      inRoot(name),
      name === 'CHANGELOG.md' ? datedChangelog(text, version, today) : withVersion(text, version),
    );
}

/** Everything that is uploaded, into an empty release/. */
async function buildAll() {
  const folders = await shippedPackages();
  if (noticesOf(folders) !== readFileSync(inRoot('THIRD_PARTY_NOTICES.md'), 'utf8'))
    throw new Error('THIRD_PARTY_NOTICES.md is not what ships: run `npm run notices`');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const { name } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const target of targets)
    await packExtension(path.join(out, `${name}-${target}-${version}.vsix`), target);
  npm('pack', '--silent', '--pack-destination', 'release');
  writeFileSync(path.join(out, `${name}-${version}.cdx.json`), billOfMaterials(name, folders));
  const files = readdirSync(out).map(file => path.join(out, file));
  writeFileSync(path.join(out, 'SHA256SUMS'), checksums(files));
}

function billOfMaterials(name, folders) {
  const readJson = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));
  const bill = JSON.parse(npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'));
  const { description } = readJson('package.nls.json');
  const shipped = folders.map(folder => readJson(folder, 'package.json'));
  return `${JSON.stringify(shippedBill(bill, { name, version, description }, shipped), undefined, 2)}\n`;
}

/** Runs npm, without its network where it can do without, and returns what it prints. */
function npm(...args) {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 };
  // On Windows npm is a batch file, which only a shell runs; nothing in `args` comes from outside.
  return process.platform === 'win32'
    ? execSync(['npm', ...args, '--offline'].join(' '), options)
    : execFileSync('npm', [...args, '--offline'], options);
}
