import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { reader } from '../../common/validation';
import { processExited } from '../../messages/run-messages';
import { type ExecutionRequest, type RunnerReport, runnerReport } from '../../protocol/worker-messages';
import { writeError } from '../experiment-errors';
import { RUN } from '../store/run-folder';

/** The argument with which the runner's program executes a run rather than plan one. */
export const EXECUTE = 'execute';

/**
 * Starts a process that executes what is left of a run, and that goes on without whoever started it: in a session of
 * its own, with its output in a file of the run. Resolves once it has taken the run, or has failed to.
 *
 * @param script the runner's program
 * @throws RunError `disk-full` or `gone` where the run's folder cannot be written
 */
export async function startDetached(request: ExecutionRequest, script: string): Promise<RunnerReport> {
  const log = await openLog(request.folder);
  try {
    const child = spawn(process.execPath, [script, EXECUTE], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      // A folder that a process is in cannot be removed on Windows.
      cwd: path.parse(request.folder).root,
      // In VS Code the executable is Electron.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    const report = await answerOf(child, request);
    if (child.connected) child.disconnect();
    child.unref();
    return report;
  } finally {
    await log.close();
  }
}

const readReport = reader(runnerReport);

function answerOf(child: ChildProcess, request: ExecutionRequest): Promise<RunnerReport> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve({ kind: 'failed', message: processExited(signal ?? String(code)) });
    });
    child.on('message', (message: unknown) => {
      const report = readReport(message);
      if (report) resolve(report);
    });
    child.send(request);
  });
}

/** A link in the place of the log, in a folder that others may have written, is not followed. */
async function openLog(run: string): Promise<FileHandle> {
  const { O_CREAT, O_TRUNC, O_WRONLY } = constants;
  // Windows has none.
  const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  const file = path.join(run, RUN.log);
  try {
    return await open(file, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw writeError(error, file);
  }
}
