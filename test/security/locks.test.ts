import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../src/common/errors';
import { writeLock } from '../../src/experiments/store/lock-content';
import {
  type ProcessIdentity,
  type ProcessSystem,
  parsePs,
  parseStat,
  stateOf,
  thisSystem,
} from '../../src/experiments/store/process-identity';
import { beatFile } from '../../src/experiments/store/pulse';
import { isHeld, lockRun } from '../../src/experiments/store/run-lock';
import { createFolder, removeFolders } from '../unit/workspace/support';

const HERE: ProcessIdentity = { pid: 71, start: '500', host: 'node', boot: 'b-1', namespace: 'pid:[1]' };

/** A machine on which one other process runs: number 7, started at 500. */
function machine(self: Partial<ProcessIdentity> = {}): ProcessSystem {
  return {
    self: () => Promise.resolve({ ...HERE, ...self }),
    look: pid => Promise.resolve(pid === 7 ? { start: '500', isStopped: false } : 'gone'),
  };
}

describe('a job is run by one process at a time', () => {
  let folder = '';
  let file = '';

  beforeEach(() => {
    folder = createFolder().root;
    file = path.join(folder, 'lock');
  });
  afterEach(removeFolders);

  const heldBy = (owner: Partial<ProcessIdentity>): void => {
    writeFileSync(file, writeLock({ ...HERE, pid: 7, ...owner }));
  };
  const locked = { code: 'locked' };
  const options = { system: machine(), silence: 200 };

  it('where both are on one machine', async () => {
    heldBy({});
    await assert.rejects(lockRun(folder, options), locked);
    heldBy({ start: '400' });
    assert.equal(await isHeld(folder, options), false);
    await (await lockRun(folder, options)).release();
    heldBy({ pid: 8 });
    await (await lockRun(folder, options)).release();
  });

  for (const [where, owner] of [
    ['in two containers of one host name', { namespace: 'pid:[2]' }],
    ['on two machines of one host name', { boot: 'b-2' }],
    ['on two machines', { host: 'other' }],
  ] as const) {
    it(`where they are ${where}, and neither sees the other`, async () => {
      // Its number means nothing here, or another process; only its signs of life count.
      for (const pid of [7, 8]) {
        heldBy({ ...owner, pid });
        const beat = setInterval(() => {
          utimesSync(file, new Date(), new Date());
        }, 20);
        assert.equal(await isHeld(folder, options), true);
        await assert.rejects(lockRun(folder, options), locked);
        clearInterval(beat);
      }
    });

    it(`where they were ${where}, and one is gone without a word`, async () => {
      heldBy(owner);
      await (await lockRun(folder, options)).release();
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  for (const code of ['EPERM', 'ENOTSUP', 'EISDIR'])
    it(`where the file system has no hard links (${code})`, async () => {
      const link = (): Promise<void> => Promise.reject(Object.assign(new Error('no links'), { code }));
      const tries = await Promise.allSettled([1, 2, 3, 4].map(() => lockRun(folder, { link })));
      const won = tries.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
      assert.equal(won.length, 1);
      for (const each of tries)
        if (each.status === 'rejected') assert.equal(errorCode(each.reason), 'locked');
      assert.equal(await isHeld(folder), true);
      // One that sees the same files through a file system with links.
      await assert.rejects(lockRun(folder), locked);
      await won[0]!.release();
      assert.deepEqual(readdirSync(folder), []);
      const linked = await lockRun(folder);
      await assert.rejects(lockRun(folder, { link }), locked);
      await linked.release();
      // A lock that was left behind, in the form that it has there.
      mkdirSync(file);
      writeFileSync(path.join(file, 'owner'), writeLock({ ...(await thisSystem.self()), start: '1' }));
      await (await lockRun(folder, { link })).release();
      assert.deepEqual(readdirSync(folder), []);
    });

  it('and says what to do where something else has the name of the lock', async () => {
    writeFileSync(file, 'my notes\n');
    await assert.rejects(lockRun(folder), /lock is not a lock of this program.*delete it/);
    assert.ok(existsSync(file), 'nothing is lost');
    assert.equal(await isHeld(folder), false);
    writeFileSync(file, 'x'.repeat(100_000));
    await assert.rejects(lockRun(folder), { code: 'broken' });
  });

  it('and says so of a folder', async () => {
    mkdirSync(file);
    writeFileSync(path.join(file, 'paper.txt'), 'x');
    await assert.rejects(lockRun(folder), { code: 'broken' });
    assert.ok(existsSync(path.join(file, 'paper.txt')));
  });

  it('and shows life only as long as the lock says what it wrote', async () => {
    const long = new Date('2020-01-01');
    writeFileSync(file, 'process 1\n');
    utimesSync(file, long, long);
    const stop = [beatFile(file, 'process 1\n', 20), beatFile(`${file}2`, 'x', 20)];
    for (let i = 0; statSync(file).mtimeMs === long.getTime() && i < 200; i++) await wait(10);
    assert.notEqual(statSync(file).mtimeMs, long.getTime());
    writeFileSync(file, 'process 2\n');
    utimesSync(file, long, long);
    await wait(60);
    assert.equal(statSync(file).mtimeMs, long.getTime());
    for (const end of stop) end();
  });

  const unshare = ['unshare', '-pf', '--mount-proc'];
  const canUnshare =
    process.platform === 'linux' && spawnSync(unshare[0]!, [...unshare.slice(1), 'true']).status === 0;
  const why = canUnshare ? '' : ' (skipped: no PID namespace of its own can be made here)';
  it(`where they are in two PID namespaces, each as its first process${why}`, async function () {
    if (!canUnshare) return this.skip();
    this.timeout(30_000);
    const script = path.join(__dirname, 'helpers/hold-lock.ts');
    const start = (): ChildProcess =>
      spawn(unshare[0]!, [...unshare.slice(1), process.execPath, '--import', 'tsx', script, folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
    const first = start();
    assert.equal(await said(first), 'held 1');
    const second = start();
    assert.equal(await said(second), 'locked 1');
    first.stdin!.end();
    second.stdin!.end();
  });
});

function said(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.stdout!.once('data', (bytes: Buffer) => {
      resolve(bytes.toString().trim());
    });
    child.once('exit', code => {
      resolve(`exit ${code}`);
    });
  });
}

describe('a process is known by its number, its start, its machine and its namespace', () => {
  it('on Linux', async () => {
    const self = await thisSystem.self();
    if (process.platform === 'linux') {
      assert.match(self.boot, /^[\da-f-]{36}$/);
      assert.match(self.start, /^\d+$/);
    }
    assert.equal(await stateOf(self), 'alive');
    assert.equal(await stateOf({ ...self, start: '12' }), 'gone');
    assert.equal(await stateOf({ ...self, namespace: 'pid:[12]' }), 'unseen');
    const stat = (state: string): string => `7 (a) b) ${state} ${'1 '.repeat(18)}500 9`;
    assert.deepEqual(parseStat(stat('T')), { start: '500', isStopped: true });
    assert.equal(parseStat(stat('Z')), 'gone');
  });

  it('on macOS and Windows, whose times are readings of a clock', async () => {
    assert.deepEqual(parsePs('S+   Tue Dec  1 06:13:26 2026\n'), {
      start: `~${new Date(2026, 11, 1, 6, 13, 26).getTime() / 1000}`,
      isStopped: false,
    });
    assert.equal(parsePs(''), 'unseen');
    const system: ProcessSystem = {
      self: () => Promise.resolve({ ...HERE, boot: '~1000', namespace: '-' }),
      look: () => Promise.resolve({ start: '~5000', isStopped: false }),
    };
    const other = { ...HERE, namespace: '-' };
    assert.equal(await stateOf({ ...other, boot: '~1060', start: '~5003' }, system), 'alive');
    assert.equal(await stateOf({ ...other, boot: '~1060', start: '~4000' }, system), 'gone');
    assert.equal(await stateOf({ ...other, boot: '~9000', start: '~5000' }, system), 'unseen');
  });
});
