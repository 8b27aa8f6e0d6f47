import type { RunPlan } from '../../../src/experiments/plan/plan-run';
import type { Arm, MetricEvent, TrialResult, TrialSpec } from '../../../src/protocol/job-files';

const CONTROL: Arm = { id: 'single-task', strategy: 'single-task', from: [] };

export function trial(seed: number): TrialSpec {
  return {
    version: 1,
    kind: 'trial',
    id: `single-task-n40-s${seed}`,
    seed,
    target: { name: 't', datasets: ['d'] },
    sources: [],
    datasets: [],
    settings: {
      learningRates: [0.01],
      batchSize: 16,
      maxSteps: 10,
      patience: 2,
      validateEvery: 5,
      temperature: 1,
    },
    needs: [],
    arm: CONTROL,
    n: 40,
    metric: { name: 'accuracy', higherIsBetter: true },
    keepModel: false,
  };
}

export function plan(trials: readonly TrialSpec[] = [trial(1), trial(2)]): RunPlan {
  return {
    kind: 'pilot',
    task: 't',
    metric: { name: 'accuracy', higherIsBetter: true },
    arms: [CONTROL],
    sizes: [40],
    seeds: [1, 2],
    available: 100,
    jobs: trials,
    rules: { version: 1, advice: [], diagnostics: [] },
    fingerprint: { annotations: 'a', data: {} },
    source: { file: '/x.py', line: 1 },
    warnings: [],
  };
}

export function result(id: string, value = 0.5): TrialResult {
  return {
    version: 1,
    id,
    value,
    metrics: { accuracy: value, 'macro-f1': value / 2 },
    examples: { train: 40, validation: 5, test: 5 },
    seconds: 3,
    warnings: [],
  };
}

export function event(step: number, more: Partial<MetricEvent> = {}): MetricEvent {
  return { t: step / 10, phase: 'train', step, loss: 1 / (step + 1), ...more };
}
