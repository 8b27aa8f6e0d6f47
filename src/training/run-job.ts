import { createReporter } from './fit/reporter';
import type { RunJob } from './job';
import type { JobSpec } from './spec';
import { pretrain } from './strategies/pretrain';
import { runTrial } from './trial';

/**
 * Runs a job to its end in this process. Equal specs on equal data give equal results, `seconds` apart, whatever else
 * the machine does.
 *
 * @throws TrainingError, DataError or EngineError for a job that cannot be done; an `AbortError` when it was stopped
 */
export const runJob: RunJob<JobSpec> = async (spec, context) => {
  const { cache, signal } = context;
  const world = { cache, signal, reporter: createReporter(context.onEvent) };
  return spec.kind === 'pretrain' ? pretrain(spec, context, world) : runTrial(spec, context, world);
};
