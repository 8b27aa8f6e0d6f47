import * as l10n from '@vscode/l10n';
import { TrainingError } from './errors';
import type { RunJob } from './job';
import type { JobSpec } from './spec';
import { runTrial } from './trial';

/**
 * Runs a job to its end in this process. Equal specs on equal data give equal results, `seconds` apart, whatever else
 * the machine does.
 *
 * @throws TrainingError, DataError or EngineError for a job that cannot be done; an `AbortError` when it was stopped
 */
export const runJob: RunJob<JobSpec> = async (spec, context) => {
  if (spec.kind === 'pretrain') throw new TrainingError('unsupported', l10n.t('Not yet'));
  return runTrial(spec, context);
};
