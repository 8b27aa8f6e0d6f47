import assert from 'node:assert/strict';
import { createCounter, type Counter } from '../../../src/extension/features/counting/counter';
import type { CountJob } from '../../../src/protocol/counting';
import { createFolder, removeFolders } from '../workspace/support';

/** A thread that does what the path says, in place of the one that counts. */
const THREAD = `
const { parentPort } = require('node:worker_threads');
let counts = 0;
parentPort.on('message', ({ kind, id, counting, knownStamp }) => {
  if (kind === 'cancel') return parentPort.postMessage({ kind: 'failed', id, message: 'cancelled' });
  switch (counting.written) {
    case 'hang': for (;;) {}
    case 'wait': return;
    case 'crash': throw new Error('the thread is broken');
    case 'fail': return parentPort.postMessage({ kind: 'failed', id, message: 'no' });
    default:
      if (knownStamp === 'stamp') return parentPort.postMessage({ kind: 'unchanged', id });
      const counted = { value: ++counts, unit: 'examples', from: 'thread' };
      parentPort.postMessage({ kind: 'counted', id, stamp: 'stamp', result: { counted, stated: [], issues: [] } });
  }
});
`;

const never = new AbortController().signal;

function asked(written: string): CountJob {
  return { written, file: '/a.py', workspaceFolders: [], unit: 'examples', labels: {} };
}

describe('the thread that counts', () => {
  let counter: Counter;

  function start(timeLimit?: number): Counter {
    const { root } = createFolder({ 'thread.js': THREAD });
    counter = createCounter({
      worker: `${root}/thread.js`,
      messages: '{}',
      ...(timeLimit === undefined ? {} : { timeLimit }),
    });
    return counter;
  }

  afterEach(() => {
    counter.dispose();
    removeFolders();
  });

  it('counts what has changed, and remembers what has not', async () => {
    const { count } = start();
    const first = await count(asked('a'), never);
    assert.equal(first.counted?.value, 1);
    assert.equal(await count(asked('a'), never), first);
    assert.equal((await count(asked('b'), never)).counted?.value, 2);
  });

  it('is ended where it takes too long or breaks, and started again for the next', async () => {
    const { count } = start(200);
    await assert.rejects(count(asked('hang'), never), /longer than 0\.2 s/);
    assert.equal((await count(asked('a'), never)).counted?.value, 1);
    await assert.rejects(count(asked('crash'), never), /the thread is broken/);
    assert.equal((await count(asked('b'), never)).counted?.value, 1);
    await assert.rejects(count(asked('fail'), never), /^Error: no$/);
  });

  it('can be told to stop, whether it listens or not, before it begins or while it runs', async () => {
    const { count } = start();
    for (const written of ['wait', 'hang']) {
      const controller = new AbortController();
      const running = count(asked(written), controller.signal);
      const waiting = count(asked('a'), controller.signal);
      setTimeout(() => {
        controller.abort();
      }, 50);
      await assert.rejects(running, /cancelled/);
      await assert.rejects(waiting, { name: 'AbortError' });
    }
    assert.ok((await count(asked('b'), never)).counted);
  });
});
