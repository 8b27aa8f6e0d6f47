import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { reader } from '../../../common/validation';
import { type WorkerOrder, workerReport } from '../../../protocol/worker-messages';
import type { JobFailure, MetricEvent } from '../../../protocol/job-files';
import { noSignOfLife } from '../../../messages/run-messages';
import { endTree, markOf } from './process-tree';

/** How a job ended in its worker. */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly failure: JobFailure }
  /** The process died: killed from outside, out of memory, a crash in native code. */
  | { readonly kind: 'died'; readonly how: string; readonly tail: string }
  /** It took longer than it may; its process is ended. */
  | { readonly kind: 'late'; readonly limit: number }
  | { readonly kind: 'fatal'; readonly code: string; readonly message: string };

/** A process that runs one job at a time. */
export interface Worker {
  /** @param limit milliseconds that the job may take */
  readonly run: (
    order: WorkerOrder,
    onEvent: (event: MetricEvent) => void,
    limit?: number,
  ) => Promise<Ending>;
  readonly jobsRun: () => number;
  readonly isAlive: () => boolean;
  /** Ends it and whatever it has started, at once; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** So much of what a worker writes to its error output is kept, to say why it died. */
const TAIL = 2000;

/** The descriptor on which a worker shows that it is alive: a byte now and then, from a thread that nothing holds up. */
export const LIFE = 4;
/** Milliseconds without a sign of life after which a worker counts as dead: stopped by a signal, or stuck in the system. */
const SILENCE = 120_000;

const isWindows = process.platform === 'win32';

export interface WorkerOptions {
  /** The folder of the run that it works for: what is left of it is found by that. */
  readonly run?: string;
  /** Milliseconds; {@link SILENCE} by default. */
  readonly silence?: number;
}

/** Starts a worker; `script` is its program. */
export function startWorker(script: string, { run, silence = SILENCE }: WorkerOptions = {}): Worker {
  const mark = randomUUID();
  // Workers share the cores: collecting garbage and compiling JavaScript with several threads each costs the others
  // more than it saves (measured on two cores: 20.5 s for a pilot, 22.3 s with threads for both).
  const child = spawn(process.execPath, ['--single-threaded', script], {
    // Its own group, so that whatever it starts can be ended with it.
    detached: !isWindows,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    env: {
      ...process.env,
      ...markOf('worker', mark),
      ...(run === undefined ? {} : markOf('run', run)),
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
  let silent = false;
  const ended = new Promise<string>(resolve => {
    const end = (how: string): void => {
      alive = false;
      clearInterval(watch);
      resolve(silent ? noSignOfLife(Math.round(silence / 1000)) : how);
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
  const kill = (): void => {
    if (child.pid !== undefined) endTree({ root: child.pid, fate: alive ? 'end' : 'gone', mark });
  };
  const watch = watchLife(child, silence, () => {
    silent = true;
    kill();
  });
  return {
    jobsRun: () => jobsRun,
    isAlive: () => alive,
    async run(order, onEvent, limit) {
      jobsRun++;
      const ending = follow(child, order.job, onEvent);
      child.send(order, () => undefined);
      const died = ended.then((how): Ending => ({ kind: 'died', how, tail: tail.trim() }));
      const late = lateAfter(limit);
      try {
        const first = await Promise.race([ending, died, late.reached]);
        if (first.kind === 'late') {
          kill();
          await ended;
        }
        return first;
      } finally {
        late.end();
      }
    },
    async kill() {
      kill();
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

/** The longest time that a timer waits for, about 24 days. */
const LONGEST = 2 ** 31 - 1;

function lateAfter(limit: number | undefined): {
  readonly reached: Promise<Ending>;
  readonly end: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<Ending>(resolve => {
    if (limit === undefined || limit > LONGEST) return;
    timer = setTimeout(resolve, limit, { kind: 'late', limit });
  });
  return {
    reached,
    end() {
      clearTimeout(timer);
    },
  };
}

/** Calls `end` where a worker has shown no life for long, while this process could have seen it. */
function watchLife(child: ChildProcess, silence: number, end: () => void): NodeJS.Timeout {
  const every = silence / 10;
  let last = performance.now();
  let looked = last;
  child.stdio[LIFE]?.on('data', () => {
    last = performance.now();
  });
  child.stdio[LIFE]?.on('error', () => undefined);
  return setInterval(() => {
    const now = performance.now();
    // This process, or the machine, was asleep: the worker may have been too.
    if (now - looked > 3 * every) last = now;
    looked = now;
    if (now - last > silence) end();
  }, every);
}
