import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from './atomic-files';
import { RUN } from './run-folder';

/** Milliseconds between two looks for a request. */
const EVERY = 250;

/**
 * Asks the process that executes a run, in whatever container or on whatever machine, to end it in order: by a file in
 * its folder. A run that is not executed does not keep the request.
 *
 * @throws RunError `disk-full` or `gone`
 */
export async function requestStop(run: string): Promise<void> {
  await writeWhole(path.join(run, RUN.stop), `${new Date().toISOString()}\n`);
}

/** Takes back a request, whether it was heard or came to nobody. */
export async function forgetStop(run: string): Promise<void> {
  await rm(path.join(run, RUN.stop), { recursive: true, force: true });
}

/** Calls `stop` once somebody asks for it; `end` ends the looking. */
export function watchStop(run: string, stop: () => void): { readonly end: () => void } {
  const timer = setInterval(() => {
    lstat(path.join(run, RUN.stop)).then(stop, () => undefined);
  }, EVERY);
  return {
    end() {
      clearInterval(timer);
    },
  };
}
