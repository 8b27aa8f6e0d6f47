import { noCheckpoints, openCheckpoints } from './fit/checkpoints';
import { createReporter } from './fit/reporter';
import type { RunJob } from './job';
import type { JobSpec } from './spec';
import { pretrain } from './strategies/pretrain';
import { runTrial } from './trial';

/** Most trials of a pilot are shorter, and keep nothing; of a longer one a kill loses no more than this. */
const CHECKPOINT_SECONDS = 20;

/**
 * Runs a job to its end in this process. Equal specs on equal data give equal results, `seconds` apart, whatever else
 * the machine does.
 *
 * @throws TrainingError, DataError or EngineError for a job that cannot be done; an `AbortError` when it was stopped
 */
export const runJob: RunJob<JobSpec> = async (spec, context) => {
  const { cache, signal, checkpoints: kept } = context;
  let events = kept?.index?.events ?? 0;
  const reporter = createReporter(event => {
    events++;
    context.onEvent(event);
  }, kept?.index?.seconds);
  const checkpoints = kept
    ? openCheckpoints(kept.files, kept.index, {
        every: kept.every ?? CHECKPOINT_SECONDS,
        events: () => events,
      })
    : noCheckpoints;
  const world = { cache, signal, reporter, checkpoints };
  return spec.kind === 'pretrain' ? pretrain(spec, context, world) : runTrial(spec, context, world);
};
