import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { type DiagnosticOutput, decision, diagnostic, stage } from './advise-schema';
import { filled, strategy, text } from './schema-helpers';

export const adviceShift = v.object({
  task: filled,
  decision,
  stage: v.exactOptional(stage),
  before: v.pipe(strategy, v.description('What was recommended at the base commit.')),
  after: strategy,
});

/** What `check --json` prints. */
export const checkOutput = v.object({
  version: v.literal(1),
  base: v.exactOptional(
    v.object({ revision: filled, commit: v.pipe(text, v.description('The full hash of the commit.')) }),
  ),
  changes: v.pipe(
    v.array(adviceShift),
    v.description('Targets that are advised otherwise than at the base.'),
  ),
  diagnostics: v.array(diagnostic),
});

export type CheckOutput = Infer<typeof checkOutput>;

/** Whether something is to be mended, and not only to be known. */
export function isFinding({ severity }: DiagnosticOutput): boolean {
  return severity === 'error' || severity === 'warning';
}
