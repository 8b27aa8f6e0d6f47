import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { readSlurmOptions } from '../../src/experiments';
import { submitArray } from '../../src/experiments/executors/slurm/job-arrays';
import { programOutside } from '../../src/trust/repository';
import { createFolder, put, removeFolders } from './helpers/code-project';

afterEach(removeFolders);

describe('the options for Slurm say where a job runs, never what', () => {
  it('are those that are known, with values that fit', () => {
    assert.deepEqual(readSlurmOptions(''), []);
    assert.deepEqual(
      readSlurmOptions(
        '-p gpu,cpu --time 1-02:00:00 -c4 --mem=16G --gres gpu:a100:1 -w node[1-4],n7 -C "a100|h100"',
      ),
      [
        ...['--partition=gpu,cpu', '--time=1-02:00:00', '--cpus-per-task=4', '--mem=16G'],
        ...['--gres=gpu:a100:1', '--nodelist=node[1-4],n7', '--constraint=a100|h100'],
      ],
    );
  });

  const refused = [
    ...[
      '--wrap=evil',
      '--wrap evil',
      '--export=ALL,LD_PRELOAD=/tmp/x.so',
      '--export-file=/tmp/x',
      '--propagate',
    ],
    ...['--prolog=/tmp/x', '--epilog=/tmp/x', '--task-prolog=x', '--bcast', '--chdir=/tmp', '-D /tmp'],
    ...[
      '--output=/tmp/x',
      '-o /tmp/x',
      '--error=/tmp/x',
      '-e x',
      '--input=/etc/passwd',
      '-i x',
      '--array=0',
      '-a 0',
    ],
    ...[
      '--dependency=x',
      '--job-name=x',
      '-J x',
      '--container=/tmp',
      '--get-user-env=1',
      '--uid=0',
      '--gid=0',
    ],
    ...['--open-mode=append', '--mail-user=x', '--burst-buffer-file=x', '--bb=x', '--clusters=x', '-M x'],
    ...['--requeue', '--hold', '--wra=evil', '--partition', '-p', 'script.sh', '-- script.sh', '-', '--'],
    ...['--part=gpu', '--constructor=1', '--__proto__=1', '--time="1; evil"', '--partition="a b"'],
    ...['--nodelist=/tmp/file', '--exclude=./file', '--nodelist=-x', '--mem=--wrap=x', '-p=gpu'],
    ...['--partition="$(evil)"', '--comment=x', '--gres=gpu:1;x', '--time="1\n2"'],
  ];
  for (const text of refused)
    it(`do not take ${JSON.stringify(text)}`, () => {
      assert.throws(() => readSlurmOptions(text), /Slurm option/);
    });

  it('are checked where they are passed on, wherever they came from', async () => {
    const run = createFolder();
    mkdirSync(path.join(run, 'jobs'));
    await assert.rejects(
      submitArray(run, 'name', ['a'], { command: ['true'], options: ['--wrap=evil'] }, []),
      /not supported/,
    );
  });

  it('go to the sbatch of the system, not to one that the repository puts into PATH', function () {
    if (process.platform === 'win32') this.skip();
    const root = createFolder({ '.git/config': '' });
    const outside = createFolder();
    for (const bin of ['node_modules/.bin', 'bin'])
      put(path.join(root, bin, 'sbatch'), '#!/bin/sh\ntouch ran\n');
    const { PATH } = process.env;
    try {
      const own = ['node_modules/.bin', 'bin'].map(bin => path.join(root, bin));
      process.env['PATH'] = ['bin', ...own, '/else/node_modules/.bin'].join(path.delimiter);
      assert.equal(programOutside('sbatch', root), undefined);
      put(path.join(outside, 'sbatch'), '#!/bin/sh\n');
      process.env['PATH'] += `${path.delimiter}${outside}`;
      assert.equal(programOutside('sbatch', root), path.join(outside, 'sbatch'));
    } finally {
      process.env['PATH'] = PATH;
    }
    assert.ok(!existsSync(path.join(root, 'ran')));
  });
});
