import assert from 'node:assert/strict';
import { onDemand } from '../../../src/extension/on-demand';

describe('what is started on demand', () => {
  it('is started once, by the first who asks', async () => {
    let starts = 0;
    const part = { dispose: (): void => undefined };
    const parts = onDemand(() => {
      starts++;
      return Promise.resolve(part);
    });
    assert.equal(parts.started(), undefined);
    assert.deepEqual(await Promise.all([parts.get(), parts.get()]), [part, part]);
    assert.equal(parts.started(), part);
    assert.equal(starts, 1);
  });

  it('is tried again where it could not be loaded', async () => {
    const outcomes = [
      Promise.reject(new Error('no such file')),
      Promise.resolve({ dispose: () => undefined }),
    ];
    const parts = onDemand(() => outcomes.shift() ?? Promise.reject(new Error('asked too often')));
    await assert.rejects(parts.get(), /no such file/);
    assert.equal(parts.started(), undefined);
    assert.ok(await parts.get());
  });

  it('ends with those who use it, also where it comes after their end', async () => {
    const events: string[] = [];
    const parts = onDemand(() => Promise.resolve({ dispose: () => void events.push('end') }));
    const asked = parts.get();
    parts.dispose();
    await asked;
    assert.deepEqual(events, ['end']);
  });
});
