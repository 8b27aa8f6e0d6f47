import { setImmediate } from 'node:timers/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { throwIfAborted } from '../../common/abort';
import { type TrainingStep, type Weights, compileStep } from '../../engine';
import { type Head, lossOf, restoreSnapshot, takeSnapshot } from '../architectures/network';
import type { Examples } from '../datasets/examples';
import { type Sampler, gatherChunk } from './batches';
import type { ClassWeights } from './class-weights';
import type { Checkpoints, OpenPhase, PhaseLog } from './checkpoints';
import { type Evaluator, type Predictor, type Score, createPredictor, isBetter } from './evaluation';
import type { ProgressReporter } from './progress-reporter';
import { entryOf } from '../../common/named-entries';

/** Share of the steps in which the rate rises from zero. */
const WARM_UP = 0.05;

/**
 * The rate of each step: a linear rise, then half a cosine down to zero over all steps (Loshchilov and Hutter 2017;
 * warm-up as in Goyal et al. 2017). One shape for all arms, so that only its height has to be tuned.
 */
function warmUpCosine(peak: number, steps: number): (step: number) => number {
  const rising = Math.max(1, Math.round(WARM_UP * steps));
  return step =>
    step < rising
      ? (peak * (step + 1)) / rising
      : (peak * (1 + Math.cos((Math.PI * (step - rising)) / Math.max(1, steps - rising)))) / 2;
}

/** One stretch of training: some layers, on some examples, at one rate. */
export interface Phase {
  /** As events call it. */
  readonly name: string;
  /** Its layers all train; they start as they are, and end with the weights that were best on validation. */
  readonly model: LayersModel;
  readonly heads: readonly Head[];
  /** The share of each task's loss; 1 where it is not said. */
  readonly lossWeights?: Readonly<Record<string, number>>;
  readonly train: Examples;
  readonly sampler: Sampler;
  readonly classWeights: ClassWeights;
  readonly validation: Examples;
  readonly judge: Evaluator;
  readonly rate: number;
  readonly steps: number;
  /** Examples that make an epoch. */
  readonly epoch: number;
}

export interface PhaseBudget {
  readonly batchSize: number;
  readonly validateEvery: number;
  /** Validations without an improvement before training stops. */
  readonly patience: number;
  readonly reporter: ProgressReporter;
  readonly signal: AbortSignal;
  readonly checkpoints: Checkpoints;
}

export interface PhaseOutcome {
  readonly score: Score;
  /** The step after which the kept weights stood. */
  readonly step: number;
  /** How many steps were run. */
  readonly steps: number;
  /** Whether validation still improved in the last quarter of the steps, when they were all run. */
  readonly improving?: boolean;
}

/** The share of the steps after which an improvement says that more steps would have helped. */
const LAST_QUARTER = 0.75;
/** An improvement is more than this: of a metric in its own unit, of the loss as a share. */
const NOTABLE = { value: 0.01, loss: 0.03 };

/** Whether what came after the first three quarters of the steps was notably better. */
function isImprovement(before: Score | undefined, after: Score | undefined): boolean {
  if (!before || !after) return false;
  return after.value - before.value > NOTABLE.value || after.loss < (1 - NOTABLE.loss) * before.loss;
}

/** Weight decay decoupled from the rate's adaptation (Loshchilov and Hutter 2019). */
const WEIGHT_DECAY = 0.02;

/**
 * Trains until validation no longer improves. Whatever the machine does meanwhile, the steps after which weights are
 * judged are the same; and where an earlier attempt left a checkpoint, it goes on from there and comes to the same.
 *
 * @throws EngineError `not-finite`, an `AbortError` when stopped
 */
export async function trainPhase(phase: Phase, budget: PhaseBudget): Promise<PhaseOutcome> {
  const { model, heads, lossWeights = {}, rate, steps } = phase;
  const log = await budget.checkpoints.next();
  if (log.ended) {
    const { weights, ...outcome } = log.ended;
    restoreSnapshot(model.layers, weights);
    return outcome;
  }
  const step = await compileStep(
    {
      model,
      optimizer: { kind: 'adamw', learningRate: warmUpCosine(rate, steps), weightDecay: WEIGHT_DECAY },
      losses: Object.fromEntries(
        heads.map(head => [head.layer.name, lossOf(head, entryOf(lossWeights, head.task))]),
      ),
      batchSize: budget.batchSize,
    },
    { threads: 1 },
  );
  try {
    const predictor = await createPredictor(model);
    try {
      const outcome = await improve(phase, budget, { step, predictor, log });
      await log.end({ ...outcome, weights: takeSnapshot(model.layers) });
      return outcome;
    } finally {
      await predictor.dispose();
    }
  } finally {
    await step.dispose();
  }
}

interface Running {
  readonly step: TrainingStep;
  readonly predictor: Predictor;
  readonly log: PhaseLog;
}

interface Best {
  readonly score: Score;
  readonly step: number;
  readonly weights: Weights;
}

async function improve(
  phase: Phase,
  budget: PhaseBudget,
  { step, predictor, log }: Running,
): Promise<PhaseOutcome> {
  const { signal, validateEvery, patience } = budget;
  let best = log.open && (await goOn(step, log.open));
  let since = log.open?.since ?? 0;
  let early = log.open?.early;
  const judge = async (): Promise<void> => {
    const weights = await step.weights();
    const { score, report } = phase.judge(
      await predictor.predict(phase.validation, { signal, weights }),
      phase.validation,
    );
    since++;
    if (step.stepsRun() <= LAST_QUARTER * phase.steps) early = isBetter(score, early) ? score : early;
    if (isBetter(score, best?.score)) {
      best = { score, step: step.stepsRun(), weights };
      since = 0;
    }
    tell(phase, budget, step.stepsRun(), { validation: report });
  };
  if (!log.open) await judge();
  while (step.stepsRun() < phase.steps && since < patience) {
    await runSteps(phase, budget, step, Math.min(validateEvery, phase.steps - step.stepsRun()));
    await judge();
    await log.keep(async () => ({
      state: await step.state(),
      since,
      ...(early && { early }),
      ...(best && { best: listed(best) }),
    }));
  }
  tell(phase, budget, step.stepsRun(), {}, 1);
  if (best) await step.setWeights(best.weights);
  await step.updateModel();
  return {
    score: best?.score ?? { value: -Infinity, loss: Infinity },
    step: best?.step ?? 0,
    steps: step.stepsRun(),
    improving: step.stepsRun() >= phase.steps && isImprovement(early, best?.score),
  };
}

/** Puts a step back to where it stood; the best weights up to there. */
async function goOn(step: TrainingStep, { state, best }: OpenPhase): Promise<Best | undefined> {
  await step.setState(state);
  if (!best) return undefined;
  const names = [...(await step.weights()).keys()];
  return { ...best, weights: new Map(names.map((name, i) => [name, best.weights[i] ?? new Float32Array()])) };
}

/** Names of weights may differ between processes; their order does not. */
function listed({ weights, ...best }: Best): NonNullable<OpenPhase['best']> {
  return { ...best, weights: [...weights.values()] };
}

/** Chunks last about this long, so that events and a stop come soon; results do not depend on where they end. */
const CHUNK_MS = 100;
const GROWTH = 4;

async function runSteps(phase: Phase, budget: PhaseBudget, step: TrainingStep, count: number): Promise<void> {
  const { heads, train, sampler, classWeights } = phase;
  const { batchSize, signal } = budget;
  let size = 4;
  for (let left = count; left > 0;) {
    throwIfAborted(signal);
    const steps = Math.min(size, left);
    const start = performance.now();
    const batches = { firstStep: step.stepsRun(), steps, batchSize };
    const { losses } = await step.run(gatherChunk(train, heads, classWeights, sampler, batches));
    const perStep = (performance.now() - start) / steps;
    size = Math.max(1, Math.min(Math.floor(CHUNK_MS / perStep), steps * GROWTH));
    left -= steps;
    const loss = losses.reduce((sum, each) => sum + each, 0) / losses.length;
    tell(phase, budget, step.stepsRun(), { loss });
    // A chunk's work is done off this thread, but a signal is only heard when this one is free.
    await setImmediate();
  }
}

function tell(
  { name, rate, steps, epoch }: Phase,
  { reporter, batchSize }: PhaseBudget,
  step: number,
  what: { readonly loss?: number; readonly validation?: Readonly<Record<string, number>> },
  done = Math.min(0.999, step / steps),
): void {
  reporter.report({
    phase: name,
    learningRate: rate,
    step,
    epoch: Math.floor((step * batchSize) / Math.max(1, epoch)),
    ...what,
    done,
  });
}
