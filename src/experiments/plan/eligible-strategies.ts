import type { Advice, Strategy } from '../../advisor/advice';
import { type AdviseOptions, adviseTarget, targetsOf } from '../../advisor/advisor';
import { indexProblem } from '../../advisor/labelled-data';
import { assessMultitask } from '../../advisor/multitask-conditions';
import {
  type PipelineContext,
  asEndToEndProblem,
  isSingleStep,
  pipelineContext,
} from '../../advisor/pipeline-stages';
import { type CandidateTask, targetContext } from '../../advisor/target-context';
import { assessTransfer } from '../../advisor/transfer-conditions';
import { closestMatch } from '../../common/edit-distance';
import type { Dataset, FileLocation, Pipeline, Problem, Task } from '../../language/learning-problem';
import type { Arm } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import {
  availableTasks,
  didYouMeanTask,
  noOtherTaskWithData,
  noSharedFeatures,
  otherInputTypes,
  sameExamples,
  stageWithoutDataset,
  unknownTask,
} from '../../messages/pilot-messages';
import { entryOf } from '../../common/named-entries';

/** A checkpoint, as an annotation names it. */
export interface SourceCheckpoint {
  /** The source task. */
  readonly task: string;
  /** A file, a folder or a well-known name. */
  readonly path: string;
  /** The annotation of a task or dataset that names it. */
  readonly reference: FileLocation;
}

/** What a pilot asks: which of the strategies that may be compared serves this target best. */
export interface EligibleStrategies {
  readonly task: Task;
  /** The problem in which data for the whole of a pipeline is data for its task. */
  readonly problem: Problem;
  readonly advice: readonly Advice[];
  /** Tasks to pre-train on, best first; empty where no source has the same input and shares features. */
  readonly transferFrom: readonly string[];
  /** The one source, where it has a checkpoint: transfer starts from that, and nothing is pre-trained. */
  readonly checkpoint?: SourceCheckpoint;
  /** The checkpoint that the target names for itself. */
  readonly ownCheckpoint?: SourceCheckpoint;
  /** Tasks to train together with the target. */
  readonly multitaskWith: readonly string[];
  /** Present where one is declared and each learned stage has data. */
  readonly pipeline?: PipelineContext;
  /** Strategies that are not compared, and why, in words. */
  readonly leftOut: readonly { readonly strategy: Strategy; readonly reason: string }[];
}

/**
 * Works out which strategies the conditions allow for a task. A condition on sizes does not rule an arm out, for that
 * is what the pilot measures; another kind of input, or features that are declared not to be shared, do.
 *
 * @throws PlanError `unknown-task`
 */
export function eligibleStrategies(
  problem: Problem,
  name: string,
  options: AdviseOptions = {},
): EligibleStrategies {
  const task = findTask(problem, name);
  const pipeline = problem.pipelines.find(candidate => candidate.task === task.name);
  const whole = pipeline ? withWholeAsTask(problem, task, pipeline) : problem;
  const view = indexProblem(whole);
  const facts = targetContext(view, task);
  const sources = (assessTransfer(facts)?.sources ?? []).filter(isAllowed);
  const [checkpoint] = sources.flatMap(source => checkpointOf(whole, source.task) ?? []);
  const own = checkpointOf(whole, task);
  const transfer = checkpoint ? sources.filter(source => source.task.name === checkpoint.task) : sources;
  const partners = (assessMultitask(facts)?.partners ?? []).filter(isAllowed);
  const stages =
    pipeline && !isSingleStep(pipeline) ? pipelineContext(indexProblem(problem), pipeline) : undefined;
  const missing = stages?.stages.find(stage => !stage.engineered && stage.data.datasets.length === 0);
  return {
    task,
    problem: whole,
    advice: adviseTarget(problem, task, options),
    transferFrom: names(transfer),
    ...(checkpoint ? { checkpoint } : {}),
    ...(own ? { ownCheckpoint: own } : {}),
    multitaskWith: names(partners),
    ...(stages && !missing ? { pipeline: stages } : {}),
    leftOut: [
      ...(transfer.length > 0 ? [] : [leftOut('transfer', facts.candidates)]),
      ...(partners.length > 0 ? [] : [leftOut('multitask', facts.candidates)]),
      ...(missing
        ? [
            {
              strategy: 'pipeline',
              reason: stageWithoutDataset(missing.name),
            } as const,
          ]
        : []),
    ],
  };
}

/** The checkpoint of a task: its own, else that of a dataset with its labels. */
function checkpointOf(
  { datasets }: Problem,
  { name, checkpoint, reference }: Task,
): SourceCheckpoint | undefined {
  const trained = { checkpoint, reference };
  const named = [trained, ...datasets.filter(({ tasks }) => tasks.includes(name))].find(
    each => each.checkpoint !== undefined,
  );
  return named?.checkpoint === undefined
    ? undefined
    : { task: name, path: named.checkpoint, reference: named.reference };
}

/** Data that only a stage of the target's own pipeline is for cannot be a source: its labels are the pipeline's steps. */
function isAllowed({ input, features, task }: CandidateTask): boolean {
  return input.status !== 'unmet' && features !== 'unmet' && !task.name.includes('->');
}

const names = (candidates: readonly CandidateTask[]): string[] => candidates.map(({ task }) => task.name);

function leftOut(
  strategy: 'transfer' | 'multitask',
  candidates: readonly CandidateTask[],
): { readonly strategy: Strategy; readonly reason: string } {
  const reason =
    candidates.length === 0
      ? noOtherTaskWithData()
      : candidates.every(({ input }) => input.status === 'unmet')
        ? otherInputTypes()
        : strategy === 'transfer' && candidates.every(({ sharesExamples }) => sharesExamples)
          ? sameExamples()
          : noSharedFeatures();
  return { strategy, reason };
}

function findTask(problem: Problem, name: string): Task {
  const found = problem.tasks.find(task => task.name === name);
  if (found) return found;
  const known = problem.tasks.map(task => task.name);
  const near = closestMatch(name, known);
  const hint =
    near === undefined
      ? availableTasks(
          targetsOf(problem)
            .map(task => task.name)
            .join(', ') || '–',
        )
      : didYouMeanTask(near);
  throw planError('unknown-task', `${unknownTask(name)} ${hint}`);
}

/** Whole-pipeline data under the task's own name, its label's column included. */
function withWholeAsTask(problem: Problem, task: Task, pipeline: Pipeline): Problem {
  const renamed = asEndToEndProblem(problem, task, pipeline);
  const rename = (dataset: Dataset, before: Dataset | undefined): Dataset => {
    const whole = before?.tasks.find(name => !dataset.tasks.includes(name));
    const column = whole === undefined ? undefined : entryOf(before?.labels, whole);
    return column === undefined
      ? dataset
      : { ...dataset, labels: { ...dataset.labels, [task.name]: column } };
  };
  return {
    ...renamed,
    datasets: renamed.datasets.map((dataset, place) => rename(dataset, problem.datasets[place])),
  };
}

/** The datasets that have labels for a task. */
export function datasetsFor(problem: Problem, task: string): readonly Dataset[] {
  return problem.datasets.filter(dataset => dataset.tasks.includes(task));
}

/** The control: it is in every comparison, and the first in every block of trials. */
export const CONTROL: Arm = { id: 'single-task', strategy: 'single-task', from: [] };

/** Models of the same inputs that are no networks, which strategies are shown beside: they are never recommended. */
export const LINEAR: Arm = { id: 'baseline-linear', strategy: 'baseline', from: [] };
/** What becomes of a checkpoint whose features are used as they are: a linear head on them, or no training at all. */
export const PROBE: Arm = { id: 'probe', strategy: 'transfer', variant: 'probe', from: [] };
export const PROTOTYPES: Arm = { id: 'prototypes', strategy: 'baseline', variant: 'prototypes', from: [] };
export const NEIGHBOURS: Arm = { id: 'knn', strategy: 'baseline', variant: 'knn', from: [] };
export const TREES: Arm = { id: 'boosted-trees', strategy: 'baseline', variant: 'trees', from: [] };

/**
 * The arms that the conditions allow. How deep to fine-tune depends on the task (Tajbakhsh et al. 2016), so each
 * depth is an arm; and joint training that is followed by fine-tuning is one of its own (MT-DNN, Liu et al. 2019).
 * Where a pipeline is declared, single-task training on the whole mapping is what end-to-end means.
 */
export function armsOf({ transferFrom, multitaskWith, pipeline }: EligibleStrategies): readonly Arm[] {
  const transfer = (['head', 'gradual', 'full'] as const).map((variant): Arm => ({
    id: `transfer-${variant}`,
    strategy: 'transfer',
    variant,
    from: transferFrom,
  }));
  const multitask = (['joint', 'fine-tuned'] as const).map((variant): Arm => ({
    id: `multitask-${variant}`,
    strategy: 'multitask',
    variant,
    from: multitaskWith,
  }));
  return [
    CONTROL,
    ...(transferFrom.length > 0 ? transfer : []),
    ...(multitaskWith.length > 0 ? multitask : []),
    ...(pipeline ? [{ id: 'pipeline', strategy: 'pipeline', from: [] } as const] : []),
  ];
}

/** A pipeline learns from the data of its stages alone: its result is the same at every size of the whole's data. */
export function dependsOnSize(arm: Arm): boolean {
  return arm.strategy !== 'pipeline';
}
