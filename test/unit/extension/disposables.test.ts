import assert from 'node:assert/strict';
import { disposables } from '../../../src/extension/disposables';

describe('disposables', () => {
  it('ends what it holds, last first, once', () => {
    const ended: number[] = [];
    const held = disposables();
    for (const number of [1, 2, 3]) held.add({ dispose: () => void ended.push(number) });
    held.dispose();
    held.dispose();
    assert.deepEqual(ended, [3, 2, 1]);
  });

  it('ends at once what is added after the end', () => {
    const ended: string[] = [];
    const held = disposables();
    held.dispose();
    held.add({ dispose: () => void ended.push('late') });
    assert.deepEqual(ended, ['late']);
  });

  it('ends the rest where one throws, and then says so', () => {
    const ended: number[] = [];
    const held = disposables();
    held.add({ dispose: () => void ended.push(1) });
    held.add({
      dispose() {
        throw new Error('stuck');
      },
    });
    assert.throws(() => {
      held.dispose();
    }, AggregateError);
    assert.deepEqual(ended, [1]);
  });

  it('gives back what it is given', () => {
    const disposable = { dispose: (): void => undefined };
    assert.equal(disposables().add(disposable), disposable);
  });
});
