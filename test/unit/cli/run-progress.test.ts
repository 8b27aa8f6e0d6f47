import assert from 'node:assert/strict';
import { messagePrinter } from '../../../src/cli/printer';
import { showProgress } from '../../../src/cli/run-progress';
import type { PilotReport } from '../../../src/protocol/pilot-report';
import { REPORT } from '../ui/sample-report';

describe('the progress of a pilot', () => {
  it('says a preliminary verdict once, and again where it is another', () => {
    let written = '';
    const printer = messagePrinter({ write: text => (written += text) });
    const display = showProgress({ stdout: printer, stderr: printer, cwd: '/', env: {} });
    const open: PilotReport = {
      ...REPORT,
      complete: false,
      verdict: {
        outcome: 'undecided',
        acceptable: ['single-task', 'transfer'],
        n: 160,
        difference: { ...REPORT.verdict!.difference, arm: 'transfer-full' },
        needs: {},
        rules: { recommendation: 'transfer', agrees: false, standing: 'open' },
      },
    };
    for (const report of [open, open, { ...REPORT, complete: false }, REPORT]) display.sayVerdict(report);
    assert.deepEqual(written.trimEnd().split('\n'), [
      'Preliminary verdict: animal: undecided at 160 examples. transfer-full is ahead of single-task training: +5.0 points [1.0, 9.0].',
      'Preliminary verdict: animal: transfer learning (transfer-full) is better than single-task training at 160 examples: +5.0 points [1.0, 9.0]. Equivalent to about 120 additional labelled examples (40 to 300).',
    ]);
  });
});
