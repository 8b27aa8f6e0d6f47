/** Runs TensorFlow.js's own specs on the compiler's backend and writes each one's outcome as JSON. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { writeFileSync } from 'node:fs';
import { jasmineRunner } from './environment';
import '@tensorflow/tfjs-core/dist/tests';

export interface SpecResult {
  readonly name: string;
  readonly status: string;
  readonly messages: readonly string[];
}

const results: SpecResult[] = [];

jasmineRunner.clearReporters();
jasmineRunner.addReporter({
  specDone(spec): void {
    results.push({
      name: spec.fullName,
      status: spec.status,
      messages: spec.failedExpectations.map(failure => failure.message),
    });
  },
  jasmineDone(): void {
    writeFileSync(process.argv[2] as string, JSON.stringify(results));
  },
});
jasmineRunner.env.configure({ random: false });
jasmineRunner.exitOnCompletion = true;
void jasmineRunner.execute();
