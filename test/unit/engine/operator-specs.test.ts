import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSpecs, sorted, type Outcome } from '../../engine/operators/specs';

/** No block of channels that a processor has: the files are not those of a proof that runs beside this. */
const BLOCK = 9999;
const folder = join(process.cwd(), 'dist/test');
const bundle = join(folder, `operators-${BLOCK}.cjs`);
const results = join(folder, `operators-${BLOCK}.json`);

function run(program: string): Outcome {
  mkdirSync(folder, { recursive: true });
  writeFileSync(bundle, program);
  // What an earlier, successful run would have left.
  writeFileSync(results, '[{"name":"old","status":"passed","messages":[],"kernels":[]}]');
  return runSpecs(bundle, BLOCK);
}

describe("the run of TensorFlow.js's specs", () => {
  after(() => {
    for (const file of [bundle, results]) rmSync(file, { force: true });
  });

  it('is no success when it crashes, is killed or leaves nothing', () => {
    assert.throws(() => run('throw new Error("broken")'), /ended with status 1: [^]*broken/);
    assert.throws(() => run('process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 1000)'), /SIGKILL/);
    assert.throws(() => run(''), /ENOENT/);
    assert.equal(
      run(`require('fs').writeFileSync(process.argv[2], '[]')`).passed,
      0,
      'the results are those of this run',
    );
  });

  it('excuses only what is on the list', () => {
    const failure = (name: string, message: string): Outcome =>
      sorted([{ name, status: 'failed', messages: [message], kernels: ['GatherV2'] }]);
    const excused = failure('gather x {} throws when index is out of bound', '100 is not between 0 and 1');
    assert.equal(excused.failed.length, 0);
    // A refusal by a kernel with a lowering counts against it.
    assert.deepEqual(excused.within, { passed: 0, all: 1 });
    assert.equal(failure('gather x {} 1D', '3 is not between 0 and 1').failed.length, 1);
    const complex = failure('gather x {} complex', "Kernel 'Complex' not registered for backend x");
    assert.deepEqual(complex.within, { passed: 0, all: 0 });
    assert.equal(
      failure('gather x {} 1D', "Kernel 'GatherV2' not registered for backend x").failed.length,
      1,
    );
  });
});
