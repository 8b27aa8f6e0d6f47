#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { errorMessage, errorStack } from '../common/errors';
import { outputNotWritten } from '../messages/system-messages';
import { runCli } from './command-dispatch';
import { messagePrinter } from './printer';
import { ordinaryTrouble } from './ordinary-trouble';

/**
 * A reader that has seen enough (`| head`) closes the pipe; that is no failure. A full disk behind `>` is one, which
 * ends the program: there is nowhere to write to.
 */
function endWhereNothingIsWritten(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    if (stream !== process.stderr) messagePrinter(process.stderr).line(outputNotWritten(errorMessage(error)));
    process.exit(1);
  });
}

endWhereNothingIsWritten(process.stdout);
endWhereNothingIsWritten(process.stderr);

/** The first Ctrl-C lets a run end in order; the second ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      controller.abort();
    });
  return controller.signal;
}

/** One line from the terminal. */
async function ask(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and the end of the input are a no.
    terminal.once('SIGINT', () => {
      terminal.close();
    });
    const ended = new Promise<undefined>(resolve => {
      terminal.once('close', () => {
        resolve(undefined);
      });
    });
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}

const { stdin, stdout, stderr, env } = process;
const isAttended = stdin.isTTY && stderr.isTTY;
void runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  interruption,
  ...(isAttended ? { ask } : {}),
}).then(
  status => {
    process.exitCode = status;
  },
  (error: unknown) => {
    messagePrinter(stderr).line(ordinaryTrouble(error) ?? errorStack(error));
    process.exitCode = 1;
  },
);
