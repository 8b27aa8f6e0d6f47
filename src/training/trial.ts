import { join } from 'node:path';
import { createPredictor } from './fit/predict';
import { predictionsOf } from './fit/predictions';
import { outputOf, valueOf } from './fit/judge';
import type { JobContext } from './job';
import { keepModel } from './artifacts/keep';
import { metricsOf, classesOf } from './metrics';
import { composeModel, countParams, layersOf } from './networks/compose';
import { disposeLayers } from './networks/weights';
import { runPipeline } from './pipeline/trial';
import type { Predictions, TrialResult } from './result';
import type { TrialSpec } from './spec';
import { testMetrics } from './strategies/test-metrics';
import { learn } from './strategies/learn';
import type { Learned, LearnSpec, World } from './strategies/types';

/** Trains one arm at one size with one seed, and measures it on the test split. */
export async function runTrial(spec: TrialSpec, context: JobContext, world: World): Promise<TrialResult> {
  if (spec.arm.strategy === 'pipeline') return runPipeline(spec, context, world);
  const start = performance.now() - world.checkpoints.secondsBefore * 1000;
  const learned = await learn(learnSpecOf(spec, context), world);
  const seconds = (performance.now() - start) / 1000;
  try {
    const { test, ...measured } = await measure(spec, learned, context.signal);
    const result = { ...measured, test: compact(test, spec.metric.name), seconds };
    if (spec.keepModel) await keepModel(learned, { spec, result, test }, join(context.folder, 'model'));
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
  learned: Learned,
  signal: AbortSignal,
): Promise<Omit<TrialResult, 'seconds' | 'test'> & { readonly test: Predictions }> {
  const { encoder, head, others, data, chosen, validation, warnings } = learned;
  const predictor = await createPredictor(composeModel(encoder, [head]));
  try {
    const outputs = await predictor.predict(data.test, { signal });
    const test = predictionsOf(head, outputOf(head, outputs), data.test);
    const metrics = metricsOf(test);
    return {
      version: 1,
      id: spec.id,
      value: valueOf(metrics, spec.metric, test),
      metrics,
      test,
      validation: spec.metric.higherIsBetter ? validation : -validation,
      chosen,
      ...(others.length > 0 && { tasks: await otherTasks(learned, signal) }),
      examples: { train: data.rows.length, validation: data.validation.count, test: data.test.count },
      numParams: countParams(layersOf(encoder, [head])),
      warnings: [...data.material.warnings, ...warnings],
    };
  } finally {
    await predictor.dispose();
  }
}

function otherTasks(
  { encoder, others, data }: Learned,
  signal: AbortSignal,
): Promise<NonNullable<TrialResult['tasks']>> {
  return testMetrics(encoder, others, data.material.splits.test, signal);
}

/** Class numbers are enough for most metrics, and take a tenth of the space of scores. */
function compact(test: Predictions, metric: string): Predictions {
  if (test.kind !== 'scores' || test.width === 1 || metric === 'auroc') return test;
  const { labels, classes } = test;
  return { kind: 'classes', labels, predictions: classesOf(test), ...(classes && { classes }) };
}
