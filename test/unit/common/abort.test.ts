import assert from 'node:assert/strict';
import { isAbort, throwIfAborted, untilAborted } from '../../../src/common/abort';

describe('aborting', () => {
  it('throws an AbortError, whatever reason was given', () => {
    const controller = new AbortController();
    throwIfAborted(undefined);
    throwIfAborted(controller.signal);
    controller.abort(new Error('the time is up'));
    assert.throws(() => {
      throwIfAborted(controller.signal);
    }, isAbort);
  });

  it('gives the result of work that ends first, and forgets the signal', async () => {
    const controller = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(7), controller.signal), 7);
    controller.abort();
    await assert.rejects(
      untilAborted(Promise.reject(new Error('failed')), new AbortController().signal),
      /failed/,
    );
  });

  it('does not wait for work once the signal is aborted', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), controller.signal);
    controller.abort();
    await assert.rejects(waiting, isAbort);
    // What becomes of the work is dropped: a rejection that nobody handled would end the process.
    await assert.rejects(untilAborted(Promise.reject(new Error('late')), controller.signal), isAbort);
  });
});
