import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { queueState, runKind, runStateName } from './run-files';
import { text } from './schema-helpers';

const listedRun = v.object({
  id: text,
  kind: runKind,
  task: text,
  state: runStateName,
  started: v.pipe(text, v.description('ISO 8601, UTC.')),
  /** Of a pilot; absent of those of earlier versions. */
  outcome: v.exactOptional(v.picklist(['better', 'tie', 'undecided'])),
  /** The recommended strategy, where there is one. */
  verdict: v.exactOptional(text),
  name: v.exactOptional(text),
  notes: v.exactOptional(text),
  folder: v.pipe(text, v.description('Absolute.')),
  queue: v.exactOptional(
    v.pipe(queueState, v.description("Its jobs in a cluster's queue, while a cluster runs it.")),
  ),
});

/** What `runs --json` prints, the latest run first. */
export const runsOutput = v.object({ version: v.literal(1), runs: v.array(listedRun) });

export type RunsOutput = Infer<typeof runsOutput>;
