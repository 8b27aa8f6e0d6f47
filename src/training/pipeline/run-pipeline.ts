import { countParams, disposeLayers, layersOf } from '../architectures/network';
import type { JobContext } from '../job-context';
import type { StageSpec, TrialResult, TrialSpec } from '../../protocol/job-files';
import type { LearnSpec, TrainedNetwork, TrainingContext } from '../strategies/strategy';
import { trainingError } from '../training-error';
import { type EndToEndData, openEndToEndData } from './end-to-end-data';
import { type StageFunction, engineeredStage } from './engineered-stage';
import { testParts } from './held-out-parts';
import { learnStage } from './learned-stage';
import { type ReadyStage, measurePipeline } from './measure-pipeline';
import { emptyPipeline, stageWithoutProgram, stagesDisconnected } from '../../messages/training-messages';

/** Learns each stage from its own data, and measures the chain of all on the whole's test split. */
export async function runPipeline(
  spec: TrialSpec,
  context: JobContext,
  world: TrainingContext,
): Promise<TrialResult> {
  const start = performance.now();
  const whole = await openEndToEndData(spec, world);
  const stages = await readyStages(spec, context, world, whole);
  const learned = stages.flatMap(stage => (stage.kind === 'learned' ? [stage.learned] : []));
  try {
    const seconds = (performance.now() - start) / 1000;
    const measured = await measurePipeline(spec, stages, whole, world.signal);
    const count = (of: (each: TrainedNetwork) => number): number =>
      learned.reduce((sum, each) => sum + of(each), 0);
    return {
      ...measured,
      ...(learned.length > 0 && {
        trained: {
          steps: count(({ trained }) => trained.steps),
          improving: learned.some(({ trained }) => trained.improving),
        },
      }),
      ...(learned.some(({ data }) => data.leftOut !== undefined) && {
        partsLeftOut: count(({ data }) => data.leftOut ?? 0),
      }),
      numParams: count(({ encoder, head }) => countParams(layersOf(encoder, [head]))),
      seconds,
      warnings: learned.flatMap(({ data, warnings }) => [...data.material.warnings, ...warnings]),
    };
  } finally {
    for (const { encoder, head, others } of learned) disposeLayers(layersOf(encoder, [head, ...others]));
  }
}

async function readyStages(
  spec: TrialSpec,
  context: JobContext,
  world: TrainingContext,
  whole: EndToEndData,
): Promise<readonly [ReadyStage, ...ReadyStage[]]> {
  const { stages } = spec.pipeline ?? { stages: [] };
  stages.forEach((stage, i) => {
    assertConnected(stage, stages[i + 1]);
  });
  // A table or module that is not there is found before hours of training, not after.
  const engineered: (StageFunction | undefined)[] = [];
  for (const { engineered: what } of stages)
    engineered.push(what === undefined ? undefined : await engineeredStage(what));
  const toLearn = engineered.filter(apply => apply === undefined).length;
  const ready: ReadyStage[] = [];
  let done = 0;
  for (const [i, stage] of stages.entries()) {
    const apply = engineered[i];
    if (apply) {
      ready.push({ spec: stage, kind: 'engineered', apply });
    } else {
      const reporter = world.reporter.part(done / toLearn, (done + 1) / toLearn);
      const heldOut: LearnSpec['heldOut'] = i === 0 ? input => testParts(whole, input) : undefined;
      const learned = await learnStage(stage, spec, context, { ...world, reporter }, heldOut);
      ready.push({ spec: stage, kind: 'learned', learned });
      done++;
    }
  }
  const [first, ...others] = ready;
  if (!first) throw trainingError('bad-pipeline', emptyPipeline(spec.target.name));
  return [first, ...others];
}

function assertConnected({ name, to, datasets, engineered }: StageSpec, next: StageSpec | undefined): void {
  if (next && next.from !== to)
    throw trainingError(
      'bad-pipeline',
      stagesDisconnected({ stage: name, output: to, next: next.name, input: next.from }),
    );
  if (engineered === undefined && datasets.length === 0)
    throw trainingError('bad-pipeline', stageWithoutProgram(name));
}
