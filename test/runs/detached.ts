import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { questionOfRun } from '../../src/experiments/consent/run-consent';
import { allowedBy } from '../../src/trust/gate';
import { PILOT, onlyRun, processesWith, start } from './cli';
import type { Project } from './project';

const RUNNER = path.join(__dirname, '../../dist/runner.mjs');

/** Plans a run without executing it, and gives its folder. */
export async function planRun(project: Project): Promise<string> {
  const { stderr } = await start(project, [...PILOT, '--budget', '1ms']).ended;
  const run = onlyRun(project);
  if (run === undefined) throw new Error(stderr);
  return run;
}

/**
 * Goes on with a run as a window does whose user has agreed to it, in a process of its own: the window is closed as
 * soon as the run goes on. Gives the last that the window hears.
 */
export async function startFromWindow(
  { root }: Project,
  folder: string,
  milliseconds = 20,
): Promise<{ readonly kind: string; readonly message?: string }> {
  const allowed = allowedBy(await questionOfRun(folder));
  const child = fork(RUNNER, [], {
    cwd: root,
    env: { ...process.env, PROGRAM_MS: String(milliseconds), LANG: 'C' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const last = await new Promise<{ kind: string; message?: string }>(resolve => {
    child.on('message', report => {
      const told = report as { kind: string };
      if (told.kind !== 'planned') resolve(told);
    });
    child.once('exit', code => {
      resolve({ kind: `exit ${code}` });
    });
    child.send({ kind: 'resume', folder, allowed, messages: '{}' });
  });
  child.kill('SIGKILL');
  return last;
}

/** The process that executes a run by itself, where there is one. */
export function executorOf(run: string): number | undefined {
  const { pid } = JSON.parse(readFileSync(path.join(run, 'state.json'), 'utf8')) as { pid?: number };
  return processesWith('runner.mjs').find(each => each === pid);
}
