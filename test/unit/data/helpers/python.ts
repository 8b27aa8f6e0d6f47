import { spawnSync } from 'node:child_process';
import type { Context } from 'mocha';

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';

/** Runs a Python program that uses the named modules; skips the test, saying so, where they are not installed. */
export function python(test: Context, modules: readonly string[], program: string): string {
  const probe = spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`]);
  if (probe.status !== 0) {
    if (test.test) test.test.title += ` (skipped: no Python with ${modules.join(', ')})`;
    test.skip();
  }
  const run = spawnSync(PYTHON, ['-c', program], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}
