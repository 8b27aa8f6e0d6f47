import { type ErrorDetails, UserError } from '../common/errors';

/** What went wrong with a job, for programs; the message says it, with what to do, for people. */
export type TrainingErrorCode =
  | 'unknown-dataset'
  | 'no-examples'
  | 'no-validation'
  | 'no-test'
  | 'one-class'
  | 'labels-differ'
  | 'inputs-differ'
  | 'bad-size'
  | 'bad-settings'
  | 'not-finite'
  | 'bad-source'
  | 'bad-pretrained'
  | 'bad-pipeline'
  | 'bad-stage'
  | 'bad-metric'
  | 'unsupported';

/** A job that cannot be done as it was asked for. */
export type TrainingError = UserError<'training', TrainingErrorCode>;

export function trainingError(
  code: TrainingErrorCode,
  message: string,
  details?: ErrorDetails,
): TrainingError {
  return new UserError('training', code, message, details);
}
