import { join } from 'node:path';
import { composeModel, countParams, disposeLayers, layersOf } from './architectures/network';
import { saveTrainedModel } from './artifacts/save-model';
import { runLinear } from './baselines/run-linear';
import { runTrees } from './baselines/run-trees';
import { isFrozen } from './checkpoints/frozen-variant';
import { runFrozen } from './checkpoints/run-frozen';
import type { JobContext, RunJob } from './job-context';
import type { JobSpec, Predictions, TrialResult, TrialSpec } from '../protocol/job-files';
import { noCheckpoints, openCheckpoints } from './loop/checkpoints';
import { createPredictor, outputOf } from './loop/evaluation';
import { predictionsOf } from './loop/predictions';
import { createReporter } from './loop/progress-reporter';
import { classesOf } from './metrics';
import { runPipeline } from './pipeline/run-pipeline';
import { learn } from './strategies/learn';
import { pretrain } from './strategies/pretrain';
import type { LearnSpec, TrainedNetwork, TrainingContext } from './strategies/strategy';
import { testMetrics } from './strategies/task-metrics';
import { testResult } from './test-result';

/** Trains one arm at one size with one seed, and measures it on the test split. */
async function runTrial(spec: TrialSpec, context: JobContext, world: TrainingContext): Promise<TrialResult> {
  if (spec.arm.strategy === 'pipeline') return runPipeline(spec, context, world);
  if (isFrozen(spec.arm.variant)) {
    const result = await runFrozen(spec.arm.variant, spec, world, context.folder);
    return { ...result, test: compact(result.test, spec.metric.name) };
  }
  if (spec.arm.strategy === 'baseline') {
    const result =
      spec.arm.variant === 'trees'
        ? await runTrees(spec, world, context.folder)
        : await runLinear(spec, world);
    return { ...result, test: compact(result.test, spec.metric.name) };
  }
  const start = performance.now() - world.checkpoints.secondsBefore * 1000;
  const learned = await learn(learnSpecOf(spec, context), world);
  const seconds = (performance.now() - start) / 1000;
  try {
    const { test, ...measured } = await measure(spec, learned, context.signal);
    const result = { ...measured, test: compact(test, spec.metric.name), seconds };
    if (spec.keepModel)
      await saveTrainedModel(learned, { spec, result, test }, join(context.folder, 'model'));
    return result;
  } finally {
    disposeLayers(layersOf(learned.encoder, [learned.head, ...learned.others]));
  }
}

/** A transfer starts from what the first job that it needs has left, unless a saved model takes its place. */
function learnSpecOf({ pretrained, ...spec }: TrialSpec, { folderOf }: JobContext): LearnSpec {
  const [needed] = spec.needs;
  if (spec.arm.strategy !== 'transfer') return spec;
  if (pretrained !== undefined) return { ...spec, pretrained: { model: pretrained } };
  return {
    ...spec,
    ...(needed !== undefined && { pretrained: { folder: join(folderOf(needed), 'model') } }),
  };
}

async function measure(
  spec: TrialSpec,
  learned: TrainedNetwork,
  signal: AbortSignal,
): Promise<Omit<TrialResult, 'seconds' | 'test'> & { readonly test: Predictions }> {
  const { encoder, head, others, data, chosen, trained, validation, warnings } = learned;
  const predictor = await createPredictor(composeModel(encoder, [head]));
  try {
    const outputs = await predictor.predict(data.test, { signal });
    const test = predictionsOf(head, outputOf(head, outputs), data.test);
    return {
      ...testResult(spec, data, test, validation),
      chosen,
      trained,
      ...(others.length > 0 && { tasks: await otherTasks(learned, signal) }),
      numParams: countParams(layersOf(encoder, [head])),
      warnings: [...data.material.warnings, ...warnings],
    };
  } finally {
    await predictor.dispose();
  }
}

function otherTasks(
  { encoder, others, data }: TrainedNetwork,
  signal: AbortSignal,
): Promise<NonNullable<TrialResult['tasks']>> {
  return testMetrics(encoder, others, data.material.splits.test, signal);
}

/** Class numbers are enough for most metrics, and take a tenth of the space of scores. */
function compact(test: Predictions, metric: string): Predictions {
  if (test.kind !== 'scores' || test.width === 1 || metric === 'auroc') return test;
  const { labels, classes, groups } = test;
  return {
    kind: 'classes',
    labels,
    predictions: classesOf(test),
    ...(classes && { classes }),
    ...(groups && { groups }),
  };
}

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
