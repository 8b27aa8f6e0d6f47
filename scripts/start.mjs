// npm start: builds, then opens VS Code on the examples with the extension loaded.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { exitStatus, spawnOwned } from './lib/guard.mjs';
import { root, tool } from './lib/paths.mjs';

// One root for each example: each is a problem of its own.
const examples = path.join(root, 'examples', 'examples.code-workspace');
/** What is seen first. */
const first = path.join(root, 'examples', 'radiology', 'train.py');

const node = (...args) =>
  exitStatus(spawnOwned(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }));

const built = await node(path.join(root, 'scripts', 'build.mjs'));
if (built !== 0) process.exit(built);
if (openDesktop()) process.exit(0);
process.exit(
  await node(tool('tsx/dist/cli.mjs'), path.join(root, 'test', 'vscode', 'serve.ts'), examples, first),
);

/** Opens the user's own VS Code: `$CODE`, or `code`. False where there is none, or it cannot open a window. */
function openDesktop() {
  const code = process.env.CODE ?? 'code';
  // On Windows `code` is a batch file, which only a shell runs.
  const shell = process.platform === 'win32';
  const args = [`--extensionDevelopmentPath=${root}`, examples, first].map(value =>
    shell ? `"${value}"` : value,
  );
  const { error, status } = spawnSync(code, args, { shell, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) {
    console.log(`opened VS Code (${code}) on the examples`);
    return true;
  }
  if (error?.code !== 'ENOENT' || process.env.CODE) {
    const reason = error ? error.message : `it ended with status ${status}`;
    console.error(`${code} opened no window: ${reason}`);
  }
  console.log('opening VS Code in a browser instead');
  return false;
}
