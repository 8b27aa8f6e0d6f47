import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onlyRun, PILOT, processesWith, results, start, TRIALS, until } from './cli';
import { createMountPoint, createProject, removeProjects } from './project';

const mount = (...args: string[]): boolean => spawnSync(args[0]!, args.slice(1)).status === 0;

describe('runs on a full disk', () => {
  let point: string | undefined;

  before(function () {
    const folder = process.platform === 'linux' && process.geteuid?.() === 0 ? createMountPoint() : undefined;
    const mounted = folder !== undefined && mount('mount', '-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder);
    if (mounted) point = folder;
    else {
      this.test!.parent!.title += ' (skipped: a file system of its own cannot be mounted here)';
      this.skip();
    }
  });

  after(() => {
    if (point !== undefined) mount('umount', point);
    removeProjects();
  });

  it('end with a clear message, keep what had finished, and go on once there is room', async () => {
    const project = createProject(point);
    const { ended } = start(project, PILOT, 60);
    await until(() => onlyRun(project) !== undefined && results(onlyRun(project)!).size >= 3);
    const filler = path.join(point!, 'filler');
    fill(filler);
    const { status, stderr } = await ended;
    assert.equal(status, 1, stderr);
    assert.match(stderr, /The disk is full, so .* was not written/);
    assert.deepEqual(processesWith(project.marker), []);
    const before = results(onlyRun(project)!);
    assert.ok(before.size >= 3 && before.size < TRIALS);

    rmSync(filler);
    const again = await start(project, ['pilot', '.', '--task', 'hard', '--resume', '--trust']).ended;
    assert.equal(again.status, 0, again.stderr);
    const after = results(onlyRun(project)!);
    assert.equal(after.size, TRIALS);
    for (const [job, written] of before) assert.deepEqual(after.get(job), written);
  });
});

/** Takes all that is left of a file system. */
function fill(file: string): void {
  const { bavail, bsize } = statfsSync(path.dirname(file));
  try {
    writeFileSync(file, Buffer.alloc(bavail * bsize + bsize));
  } catch {
    // As meant: no more fits.
  }
}
