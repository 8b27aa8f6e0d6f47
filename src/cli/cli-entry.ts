#!/usr/bin/env node
import { errorStack } from '../common/errors';
import { runCli } from './command-dispatch';

/** A reader that has seen enough (`| head`) closes the pipe; that is no failure. */
function endQuietlyWithoutReader(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

endQuietlyWithoutReader(process.stdout);
endQuietlyWithoutReader(process.stderr);

/** The first Ctrl-C lets a run end in order; the second ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      controller.abort();
    });
  return controller.signal;
}

const { stdout, stderr, env } = process;
void runCli(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), interruption }).then(
  status => {
    process.exitCode = status;
  },
  (error: unknown) => {
    stderr.write(`${errorStack(error)}\n`);
    process.exitCode = 1;
  },
);
