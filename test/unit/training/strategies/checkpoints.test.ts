import assert from 'node:assert/strict';
import type { JobSpec, TrialResult } from '../../../../src/protocol/job-files';
import { createBench, memoryCheckpoints, table, type Bench } from './jobs';

const ANNOTATIONS = [
  '@dataset big task=sign input=tabular:8 num_examples=900 label=label path=big.csv',
  '@dataset small task=lucky input=tabular:8 num_examples=400 label=lucky path=small.csv',
  '@task lucky target output=class:2 metric=accuracy shares_features_with=sign num_params=10k',
];

describe('checkpoints', function () {
  this.timeout(60_000);
  let bench: Bench;
  before(() => {
    const label = ([a = 0, b = 0]: readonly number[]): number => Number(a * b > 0);
    bench = createBench({
      'big.csv': table(900, 8, 1, { label }),
      'small.csv': table(400, 8, 2, { lucky: label }),
    });
  });
  after(() => {
    bench.remove();
  });
  const timeless = (result: TrialResult): unknown => ({ ...result, seconds: 0 });

  /** Ends a job after some validations, again and again, until it comes to its end. */
  async function inPieces(
    job: JobSpec,
    validations: number,
  ): Promise<{ result: TrialResult; attempts: number }> {
    const kept = memoryCheckpoints();
    for (let attempts = 1; attempts < 1000; attempts++) {
      const controller = new AbortController();
      let left = validations;
      const stopping = {
        ...kept.again(),
        files: {
          ...kept.files,
          async write(name: string, content: Uint8Array) {
            await kept.files.write(name, content);
            if (name === 'checkpoint.json' && --left === 0) controller.abort();
          },
        },
      };
      try {
        const result = await bench.run(job, {
          checkpoints: stopping,
          signal: controller.signal,
        });
        return { result, attempts };
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      }
    }
    return assert.fail('It never ended.');
  }

  for (const arm of ['single-task', 'transfer-gradual', 'multitask-fine-tuned'])
    it(`let ${arm} go on where it was stopped, to the same end`, async () => {
      const plan = await bench.plan(ANNOTATIONS, 'lucky', arm);
      for (const job of plan.jobs) {
        const whole = await bench.run(job);
        const { result, attempts } = await inPieces(job, 3);
        assert.ok(attempts > 2, `${attempts} attempts`);
        assert.deepEqual(timeless(result), timeless(whole));
      }
    });

  it('that are damaged cost time only', async () => {
    const plan = await bench.plan(ANNOTATIONS, 'lucky', 'single-task');
    const [job] = plan.jobs;
    assert.ok(job);
    const whole = await bench.run(job);
    for (const damage of [
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 5),
      () => new Uint8Array(3),
      () => undefined,
    ]) {
      const kept = memoryCheckpoints();
      await bench.run(job, { checkpoints: kept });
      const { files, ...rest } = kept.again();
      const read = async (name: string): Promise<Uint8Array | undefined> => {
        const bytes = await files.read(name);
        return bytes && damage(bytes);
      };
      const result = await bench.run(job, { checkpoints: { ...rest, files: { ...files, read } } });
      assert.deepEqual(timeless(result), timeless(whole));
    }
  });
});
