import type { Problem } from '../../language/learning-problem';
import type { ProgramSpec } from '../../training/job-spec';
import type { DataPaths } from '../plan/dataset-spec';
import type { PilotReport } from '../report/pilot-report';
import type { RunStateName } from '../store/run-schema';
import type { RunProgress } from './execute-run';
import type { TrialProgram } from './slurm/job-arrays';

/** What an editor asks its runner for: one job for each runner. */
export type RunnerRequest = {
  /** The display language's bundle, as JSON. */
  readonly messages: string;
  readonly workers?: number;
  /** Where Slurm runs the trials. */
  readonly slurm?: TrialProgram;
  /** Milliseconds. */
  readonly budget?: number;
} & (
  | {
      readonly kind: 'pilot' | 'train';
      readonly workspace: string;
      readonly problem: Problem;
      readonly task: string;
      /** Where each dataset's files are, by its name. */
      readonly places: DataPaths;
      /** Of a training: an arm or a strategy. */
      readonly arm?: string;
      readonly program?: ProgramSpec;
    }
  | { readonly kind: 'resume'; readonly folder: string }
);

export type RunnerReport =
  | { readonly kind: 'planned'; readonly folder: string; readonly warnings: readonly string[] }
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | {
      readonly kind: 'ended';
      readonly folder: string;
      readonly state: RunStateName;
      readonly message?: string;
      readonly report?: PilotReport;
      /** The trained model's folder, of a training that came to its end. */
      readonly model?: string;
      /** Its metric on the test split. */
      readonly value?: number;
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** Where an annotation is concerned: a file as the problem calls it, a line from 1. */
      readonly where?: { readonly file: string; readonly line: number };
    };
