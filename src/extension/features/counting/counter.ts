import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '../../../common/abort';
import type { CountResult } from '../../../data';
import type { Disposable } from '../../disposables';
import { reader } from '../../../common/validation';
import {
  type CountJob,
  type FromCountWorker,
  type ToCountWorker,
  type CountWorkerData,
  fromCountWorker,
} from '../../../protocol/counting';

const readAnswer = reader(fromCountWorker);

type CountMessage = Extract<ToCountWorker, { kind: 'count' }>;

/** How long one count may take, in milliseconds: disks of a network can hang. */
const TIME_LIMIT = 120_000;
/** How long the thread waits for more, in milliseconds. */
const IDLE = 30_000;
/** How long a cancelled count may go on until its thread is ended, in milliseconds. */
const GRACE = 1000;
const MEMORY_LIMIT_MB = 512;
/** Results kept; the oldest goes first. */
const MOST_RESULTS = 200;

export interface CounterOptions {
  /** The JavaScript file of the thread. */
  readonly worker: string;
  readonly messages: string;
  readonly timeLimit?: number;
}

/** Counts data in a thread of its own, one path at a time, and remembers what has not changed since. */
export interface Counter extends Disposable {
  /** Rejects where it was cancelled, took too long, or its thread failed. */
  readonly count: (counting: CountJob, signal: AbortSignal) => Promise<CountResult>;
}

interface Known {
  readonly stamp: string;
  readonly result: CountResult;
}

export function createCounter({ worker: file, messages, timeLimit = TIME_LIMIT }: CounterOptions): Counter {
  const known = new Map<string, Known>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let lastId = 0;

  const end = (): void => {
    clearTimeout(idle);
    void worker?.terminate();
    worker = undefined;
  };
  const start = (): Worker => {
    clearTimeout(idle);
    if (worker) return worker;
    const data: CountWorkerData = { messages };
    const started = new Worker(file, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    });
    const forget = (): void => {
      if (worker === started) worker = undefined;
    };
    // Listened to here too: without anyone, a failure would end the host.
    started.on('error', forget);
    started.once('exit', forget);
    started.unref();
    worker = started;
    return started;
  };
  const one = async (counting: CountJob, signal: AbortSignal): Promise<CountResult> => {
    throwIfAborted(signal);
    const key = JSON.stringify(counting);
    const before = known.get(key);
    const message: CountMessage = {
      kind: 'count',
      id: ++lastId,
      counting,
      ...(before ? { knownStamp: before.stamp } : {}),
    };
    try {
      const answer = await ask(start(), message, { signal, timeLimit, end });
      if (answer.kind === 'failed') throw new Error(answer.message);
      const now = answer.kind === 'counted' ? answer : before;
      if (!now) throw new Error('The worker refers to a result that is not cached.');
      known.delete(key);
      known.set(key, { stamp: now.stamp, result: now.result });
      for (const oldest of known.keys()) if (known.size > MOST_RESULTS) known.delete(oldest);
      return now.result;
    } finally {
      clearTimeout(idle);
      idle = setTimeout(end, IDLE).unref();
    }
  };
  return {
    count(counting, signal) {
      const result = queue.then(() => one(counting, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    dispose: end,
  };
}

interface AskOptions {
  readonly signal: AbortSignal;
  readonly timeLimit: number;
  /** Ends the thread. */
  readonly end: () => void;
}

/** Sends a message and waits for the answer to it; a thread that does not answer in time is ended. */
function ask(
  worker: Worker,
  message: CountMessage,
  { signal, timeLimit, end }: AskOptions,
): Promise<FromCountWorker> {
  return new Promise((resolve, reject) => {
    const giveUp = (reason: string): void => {
      settle();
      end();
      reject(new Error(reason));
    };
    let timer = setTimeout(() => {
      giveUp(`Counting took longer than ${timeLimit / 1000} s.`);
    }, timeLimit);
    const onAbort = (): void => {
      worker.postMessage({ kind: 'cancel', id: message.id } satisfies ToCountWorker);
      clearTimeout(timer);
      timer = setTimeout(() => {
        giveUp('Counting was cancelled.');
      }, GRACE);
    };
    const onMessage = (sent: unknown): void => {
      const answer = readAnswer(sent);
      if (answer?.id !== message.id) return;
      settle();
      resolve(answer);
    };
    const onError = (error: Error): void => {
      settle();
      reject(error);
    };
    const onExit = (): void => {
      onError(new Error('The counting worker exited.'));
    };
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(message);
  });
}
