import { type ChildProcess, spawn } from 'node:child_process';
import { reader } from '../../../common/validation';
import { type WorkerOrder, workerReport } from '../../../protocol/worker-messages';
import type { JobFailure, MetricEvent } from '../../../protocol/job-files';

/** How a job ended in its worker. */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  /** The process died: killed from outside, out of memory, a crash in native code. */
  | { readonly kind: 'died'; readonly how: string; readonly tail: string }
  | { readonly kind: 'fatal'; readonly code: string; readonly message: string };

/** A process that runs one job at a time. */
export interface Worker {
  readonly run: (order: WorkerOrder, onEvent: (event: MetricEvent) => void) => Promise<Ending>;
  readonly jobsRun: () => number;
  readonly isAlive: () => boolean;
  /** Ends it and whatever it has started, at once; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** So much of what a worker writes to its error output is kept, to say why it died. */
const TAIL = 2000;

const isWindows = process.platform === 'win32';

/** Starts a worker; `script` is its program. */
export function startWorker(script: string): Worker {
  // Workers share the cores: collecting garbage and compiling JavaScript with several threads each costs the others
  // more than it saves (measured on two cores: 20.5 s for a pilot, 22.3 s with threads for both).
  const child = spawn(process.execPath, ['--single-threaded', script], {
    // Its own group, so that whatever it starts can be ended with it.
    detached: !isWindows,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      // In VS Code the executable is Electron.
      ELECTRON_RUN_AS_NODE: '1',
      STRATEGY_ADVISOR_GROUP: isWindows ? '0' : '1',
      // One trial to a core: libraries that start threads of their own would only get in each other's way.
      OMP_NUM_THREADS: '1',
    },
    windowsHide: true,
  });
  let tail = '';
  let jobsRun = 0;
  let alive = true;
  const ended = new Promise<string>(resolve => {
    const end = (how: string): void => {
      alive = false;
      resolve(how);
    };
    child.once('error', error => {
      end(error.message);
    });
    child.once('exit', (code, signal) => {
      end(signal ?? `exit code ${code ?? ''}`);
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL);
  });
  return {
    jobsRun: () => jobsRun,
    isAlive: () => alive,
    async run(order, onEvent) {
      jobsRun++;
      const ending = follow(child, order.job, onEvent);
      child.send(order, () => undefined);
      const died = ended.then((how): Ending => ({ kind: 'died', how, tail: tail.trim() }));
      return Promise.race([ending, died]);
    },
    async kill() {
      killGroup(child);
      await ended;
    },
  };
}

const readReport = reader(workerReport);

function follow(child: ChildProcess, job: string, onEvent: (event: MetricEvent) => void): Promise<Ending> {
  return new Promise(resolve => {
    const listen = (message: unknown): void => {
      const report = readReport(message);
      if (!report || report.kind === 'ready' || report.job !== job) return;
      if (report.kind === 'event') {
        onEvent(report.event);
        return;
      }
      child.off('message', listen);
      resolve(report);
    };
    child.on('message', listen);
  });
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && !isWindows) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
  child.kill('SIGKILL');
}
