import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PACKAGED = path.join(
  __dirname,
  `../../.vscode-test/server/node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}/rg`,
);
const PATTERN = '@(dataset|task|pipeline)\\b';

/** The ripgrep of the system, else the one that comes with the VS Code the tests use. */
export function findRipgrep(): { readonly program: string; readonly version: string } | undefined {
  for (const program of ['rg', PACKAGED]) {
    if (program === PACKAGED && !existsSync(program)) continue;
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { program, version: stdout.split('\n')[0] ?? '' };
  }
  return undefined;
}

/** Runs ripgrep on a folder and returns what it printed: `file:line:text`. */
export function runRipgrep(program: string, root: string): string {
  const { status, stdout, stderr } = spawnSync(program, ['--no-config', '-n', PATTERN, '.'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  if (status !== 0) throw new Error(`ripgrep ended with ${status}: ${stderr}`);
  return stdout;
}

/** `file:line` of every match. */
export function matchesOf(output: string): Set<string> {
  return new Set(
    output
      .split('\n')
      .filter(line => line !== '')
      .map(line => /^(?:\.\/)?(.*?:\d+):/.exec(line)?.[1] ?? line),
  );
}
