import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { acceptableStrategies, confidence, decision, sourceTasks, stage, status } from './advise-schema';
import { filled, strategy, unit } from './schema-helpers';

const size = v.pipe(v.number(), v.minValue(0));

export const decisionOutcome = v.object({
  task: filled,
  decision,
  stage: v.exactOptional(stage),
  recommendation: strategy,
  acceptable: acceptableStrategies,
  from: sourceTasks,
  confidence,
  headline: v.pipe(filled, v.description('The advice in one line.')),
});

export const decisionChange = v.object({
  task: filled,
  decision,
  stage: v.exactOptional(stage),
  before: v.exactOptional(
    v.pipe(decisionOutcome, v.description('Absent where the question does not arise as annotated.')),
  ),
  after: v.exactOptional(
    v.pipe(decisionOutcome, v.description('Absent where the question no longer arises.')),
  ),
  conditions: v.pipe(
    v.array(
      v.object({
        id: filled,
        before: v.exactOptional(status),
        after: v.exactOptional(status),
        statement: v.pipe(
          filled,
          v.description('As it reads after; as it reads before, where it is not asked after.'),
        ),
      }),
    ),
    v.description('The conditions whose status changes.'),
  ),
});

/** What a changed size would change: what the tool `what_if` answers. */
export const whatIfOutput = v.object({
  version: v.literal(1),
  dataset: filled,
  unit,
  before: v.exactOptional(
    v.pipe(size, v.description('What there is to train on as annotated; absent where no size is stated.')),
  ),
  after: size,
  changes: v.array(decisionChange),
  /** The decisions that stay as they are. */
  unchanged: v.array(decisionOutcome),
});

export type DecisionOutcome = Infer<typeof decisionOutcome>;
export type DecisionChange = Infer<typeof decisionChange>;
export type WhatIfOutput = Infer<typeof whatIfOutput>;
