/** Runs TensorFlow.js's own specs on the compiler's backend and writes each one's outcome as JSON. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { writeFileSync } from 'node:fs';
import { called, jasmineRunner } from './environment';
import '@tensorflow/tfjs-core/dist/tests';

export interface SpecResult {
  readonly name: string;
  readonly status: string;
  readonly messages: readonly string[];
  /** The kernels with a lowering that it called. */
  readonly kernels: readonly string[];
}

const results: SpecResult[] = [];

jasmineRunner.clearReporters();
jasmineRunner.addReporter({
  specStarted(): void {
    called.clear();
  },
  specDone(spec): void {
    results.push({
      name: spec.fullName,
      status: spec.status,
      messages: spec.failedExpectations.map(failure => failure.message),
      kernels: [...called],
    });
  },
  jasmineDone({ overallStatus, incompleteReason }): void {
    // Failed specs are for the reader to judge, and no failure of the run; one that has left specs out is.
    if (overallStatus === 'incomplete') throw new Error(`The run is incomplete: ${String(incompleteReason)}`);
    writeFileSync(process.argv[2] as string, JSON.stringify(results));
  },
});
jasmineRunner.env.configure({ random: false });
jasmineRunner.exitOnCompletion = false;
jasmineRunner.execute().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
