import { Worker } from 'node:worker_threads';

/** Milliseconds between two signs of life. */
const BEAT = 10_000;

/**
 * Signs of life come from a thread of their own: training computes for longer than others wait for one. A file is
 * touched by writing its first byte anew, so that its time is by the clock of its file system and not by this
 * machine's; only while it says what its owner wrote. A pipe is written one byte.
 */
const CODE = String.raw`
const { parentPort } = require('node:worker_threads');
const fs = require('node:fs');
const { O_RDWR, O_NOFOLLOW = 0 } = fs.constants;
const beats = new Map();
function touch(file, content) {
  let descriptor;
  try {
    descriptor = fs.openSync(file, O_RDWR | O_NOFOLLOW);
    const bytes = Buffer.alloc(content.length + 1);
    const size = fs.readSync(descriptor, bytes, 0, bytes.length, 0);
    if (bytes.toString('utf8', 0, size) === content) fs.writeSync(descriptor, bytes, 0, 1, 0);
  } catch {
    // It belongs to a folder that is gone: the next write of the run says so.
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}
function tell(pipe) {
  try {
    fs.writeSync(pipe, '.');
  } catch {
    // Full or closed: nobody reads it now.
  }
}
parentPort.on('message', ({ id, file, content, pipe, every }) => {
  clearInterval(beats.get(id));
  beats.delete(id);
  if (every === undefined) return;
  const beat = () => (pipe === undefined ? touch(file, content) : tell(pipe));
  beats.set(id, setInterval(beat, every));
});
`;

let thread: Worker | undefined;

function pulse(): Worker {
  if (thread) return thread;
  const started = new Worker(CODE, {
    eval: true,
    // What it would have from the main thread may be for others, such as a debugger.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  // Without signs of life a run goes on: others may only take it for one that is gone.
  started.on('error', () => {
    thread = undefined;
  });
  started.unref();
  thread = started;
  return started;
}

let beats = 0;

function start(
  beat: { readonly file: string; readonly content: string } | { readonly pipe: number },
  every: number,
): () => void {
  const id = beats++;
  pulse().postMessage({ id, every, ...beat });
  return () => {
    thread?.postMessage({ id });
  };
}

/** Keeps the time of a file fresh for as long as it has this content; gives what ends that. */
export function beatFile(file: string, content: string, every = BEAT): () => void {
  return start({ file, content }, every);
}

/** Writes a byte to an open pipe now and then; gives what ends that. */
export function beatPipe(pipe: number, every = BEAT): () => void {
  return start({ pipe }, every);
}
