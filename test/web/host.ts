// Runs inside VS Code's web extension host: a worker of the browser, without Node. Mocha draws its report on a page
// there, which a worker does not have; so few tests are run one after the other without it.
import { errorStack } from '../../src/common/errors';
import { tests } from './advice';

/** What has become of each test, for the runner to print. */
export interface WebResult {
  readonly lines: readonly string[];
  readonly passes: number;
  readonly failures: number;
}

declare const RESULT_ADDRESS: string;

/** Runs the tests. VS Code calls this; the outcome is posted to the runner. */
export async function run(): Promise<void> {
  const lines: string[] = [];
  let failures = 0;
  for (const [name, test] of Object.entries(tests)) {
    const start = performance.now();
    try {
      await test();
      lines.push(`  ✔ ${name} (${Math.round(performance.now() - start)}ms)`);
    } catch (error) {
      failures++;
      lines.push(`  ✘ ${name}\n${errorStack(error)}`);
    }
  }
  const result: WebResult = { lines, passes: lines.length - failures, failures };
  await fetch(RESULT_ADDRESS, { method: 'POST', body: JSON.stringify(result) });
}
