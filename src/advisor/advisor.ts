import type { Pipeline, Problem, Task } from '../language/learning-problem';
import type { Advice, Confidence, Note, PilotResult, Strategy } from './advice';
import { decompositionNotes, learningNotes } from './advice-notes';
import { decideDecomposition } from './decomposition-decision';
import { type ProblemIndex, indexProblem } from './labelled-data';
import { type Comparison, decompositionComparison, learningComparisons } from './comparisons';
import { decideLearning } from './learning-decision';
import { OUTCOME_MODELS } from './outcome-coefficients';
import type { OutcomeModels } from './outcome-model';
import {
  type PipelineContext,
  type Stage,
  asEndToEndProblem,
  isSingleStep,
  pipelineContext,
  stageTask,
} from './pipeline-stages';
import { isPublicTask } from './public-sources';
import { type TargetContext, otherTasks, targetContext } from './target-context';

export interface AdviseOptions {
  /** Finished pilots, whose findings take the place of the rules. */
  readonly pilots?: readonly PilotResult[];
  /** Other models than those that are fitted to all published results. */
  readonly models?: OutcomeModels;
}

/**
 * The advice for every target of a problem: first how to decompose it, where a pipeline is declared,
 * then where the signal comes from, for the target or for each learned stage. Pure and deterministic.
 */
export function advise(problem: Problem, options: AdviseOptions = {}): Advice[] {
  const view = indexProblem(problem);
  return targetsOf(problem).flatMap(task => adviseInView(problem, view, task, options));
}

/** The tasks that get advice: those marked `target`; where none is, all of them but those of public sources. */
export function targetsOf(problem: Problem): readonly Task[] {
  const tasks = problem.tasks.filter(task => !task.name.includes('->'));
  const marked = tasks.filter(task => task.target);
  if (marked.length > 0) return marked;
  const own = tasks.filter(task => !isPublicTask(task.name));
  return own.length > 0 ? own : tasks;
}

/** The advice for one target. */
export function adviseTarget(problem: Problem, task: Task, options: AdviseOptions = {}): Advice[] {
  return adviseInView(problem, indexProblem(problem), task, options);
}

/** What can be compared for a target: the decomposition where it has a pipeline, else where the signal comes from. */
export function comparisonsOf(problem: Problem, task: Task): Comparison[] {
  const view = indexProblem(problem);
  const pipeline = problem.pipelines.find(candidate => candidate.task === task.name);
  if (!pipeline) return learningComparisons(targetContext(view, task));
  return isSingleStep(pipeline)
    ? learningComparisons(targetContext(indexProblem(asEndToEndProblem(problem, task, pipeline)), task))
    : [decompositionComparison(pipelineContext(view, pipeline))];
}

function adviseInView(problem: Problem, view: ProblemIndex, task: Task, options: AdviseOptions): Advice[] {
  const models = options.models ?? OUTCOME_MODELS;
  const pipeline = problem.pipelines.find(candidate => candidate.task === task.name);
  const advice = !pipeline
    ? [adviseLearning(view, task, models)]
    : isSingleStep(pipeline)
      ? [adviseLearning(indexProblem(asEndToEndProblem(problem, task, pipeline)), task, models)]
      : advisePipeline(problem, view, task, pipeline, models);
  return advice.map(each => applyPilot(each, options.pilots ?? []));
}

function adviseLearning(
  view: ProblemIndex,
  task: Task,
  models: OutcomeModels,
  stage?: { readonly of: string; readonly name: string },
): Advice {
  const facts = targetContext(view, task);
  const decision = decideLearning(facts, models);
  return {
    task: stage?.of ?? task.name,
    decision: 'learning',
    ...(stage ? { stage: stage.name } : {}),
    recommendation: decision.recommendation,
    acceptable: decision.acceptable,
    from: decision.from,
    confidence: decision.confidence,
    basis: 'rules',
    ...(decision.outlook ? { outlook: decision.outlook } : {}),
    ...(decision.publicSource ? { publicSource: decision.publicSource } : {}),
    conditions: decision.conditions,
    notes: [...learningNotes(facts, decision), ...scopeNotes(view, facts)],
    reference: task.reference,
  };
}

/** How many tasks of a large workspace were not looked at. */
function scopeNotes(view: ProblemIndex, { task, candidates }: TargetContext): Note[] {
  const tasks = otherTasks(view, task).length - candidates.length;
  return tasks > 0 ? [{ id: 'left-out-of-scope', tasks }] : [];
}

function advisePipeline(
  problem: Problem,
  view: ProblemIndex,
  task: Task,
  pipeline: Pipeline,
  models: OutcomeModels,
): Advice[] {
  const facts = pipelineContext(view, pipeline);
  const decision = decideDecomposition(facts, models);
  const decomposition: Advice = {
    task: task.name,
    decision: 'decomposition',
    recommendation: decision.recommendation,
    acceptable: decision.acceptable,
    from: [],
    confidence: decision.confidence,
    basis: 'rules',
    ...(decision.outlook ? { outlook: decision.outlook } : {}),
    conditions: decision.conditions,
    notes: decompositionNotes(facts, decision),
    reference: pipeline.reference,
  };
  const whole = decision.acceptable.includes('end-to-end')
    ? [adviseLearning(indexProblem(asEndToEndProblem(problem, task, pipeline)), task, models)]
    : [];
  const stages = decision.acceptable.includes('pipeline')
    ? facts.stages.filter(isLearned).map(stage => adviseStage(view, facts, stage, models))
    : [];
  return [decomposition, ...whole, ...stages];
}

/** A stage without any data has nothing to decide yet; the decomposition asks for it. */
function isLearned(stage: Stage): boolean {
  return !stage.engineered && stage.data.datasets.length > 0;
}

function adviseStage(
  view: ProblemIndex,
  facts: PipelineContext,
  stage: Stage,
  models: OutcomeModels,
): Advice {
  return adviseLearning(view, stageTask(view, facts, stage), models, {
    of: facts.task.name,
    name: stage.name,
  });
}

/**
 * The advice once a pilot has measured: what it decided replaces the rules', with a note on whether they agree. One that
 * decided nothing leaves them as they are, with a note. A pilot that was cut short, or whose data has changed since, is
 * believed no more than half.
 */
function applyPilot(advice: Advice, pilots: readonly PilotResult[]): Advice {
  const pilot = pilots.find(
    ({ task, stage, decision }) =>
      task === advice.task && stage === advice.stage && decision === advice.decision,
  );
  if (!pilot) return advice;
  const stale = pilot.measured?.stale === true ? [{ id: 'measured-stale' } as const] : [];
  const { recommendation } = pilot;
  const open = openNote(pilot);
  if (open || recommendation === undefined)
    return { ...advice, notes: [...stale, ...(open ? [open] : []), ...advice.notes] };
  const { outlook: _outlook, publicSource: _publicSource, ...facts } = advice;
  return {
    ...facts,
    recommendation,
    acceptable: [recommendation, ...pilot.acceptable.filter(strategy => strategy !== recommendation)],
    from: pilot.from,
    confidence: pilotConfidence(pilot),
    basis: 'measured',
    // What the rules held of other strategies is no reason beside what was measured of them.
    conditions: facts.conditions.filter(({ id }) => id !== 'nothing-else-holds'),
    ...(pilot.effectiveExamples ? { effectiveExamples: pilot.effectiveExamples } : {}),
    ...(pilot.measured ? { measured: pilot.measured } : {}),
    notes: [...stale, agreementNote(advice.recommendation, pilot), ...advice.notes],
  };
}

/** Why a pilot leaves the rules as they are. */
function openNote({ outcome, n, available }: PilotResult): Note | undefined {
  switch (outcome) {
    case 'undecided':
      return { id: 'pilot-undecided', examples: n };
    case 'earlier-version':
      return { id: 'pilot-of-earlier-version', examples: n };
    case 'too-small':
      return { id: 'pilot-too-small', examples: n, available };
    case 'better':
    case 'tie':
      return undefined;
  }
}

function agreementNote(rules: Strategy, { recommendation, acceptable, outcome, n }: PilotResult): Note {
  if (rules === recommendation) return { id: 'rules-agree', examples: n };
  const id = !acceptable.includes(rules)
    ? 'rules-disagree'
    : outcome === 'tie'
      ? 'rules-compatible'
      : 'rules-not-ruled-out';
  return { id, examples: n, recommendation: rules };
}

function pilotConfidence({ complete, acceptable, measured }: PilotResult): Confidence {
  if (!complete || measured?.stale === true) return 'low';
  return acceptable.length > 1 ? 'medium' : 'high';
}
