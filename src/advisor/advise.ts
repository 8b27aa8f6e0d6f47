import type { Pipeline, Problem, Task } from '../annotations/problem';
import type { Advice, PilotResult } from './advice';
import { decideDecomposition } from './decomposition';
import { targetFacts } from './facts';
import { decideLearning } from './learning';
import { applyPilot } from './measured';
import { decompositionNotes, learningNotes } from './notes';
import { asOneTask, isPlain, pipelineFacts, stageTask, type PipelineFacts, type Stage } from './stages';
import { viewOf, type View } from './supply';
import { thresholds, type Thresholds } from './thresholds';

export interface AdviseOptions {
  readonly thresholds?: Partial<Thresholds>;
  /** Finished pilots, whose findings take the place of the rules. */
  readonly pilots?: readonly PilotResult[];
}

/**
 * The advice for every target of a problem: first how to decompose it, where a pipeline is declared,
 * then where the signal comes from, for the target or for each learned stage. Pure and deterministic.
 */
export function advise(problem: Problem, options: AdviseOptions = {}): Advice[] {
  const view = viewOf(problem);
  return targetsOf(problem).flatMap(task => adviseInView(problem, view, task, options));
}

/** The tasks that get advice: those marked `target`, or all of them where none is marked. */
export function targetsOf(problem: Problem): readonly Task[] {
  const tasks = problem.tasks.filter(task => !task.name.includes('->'));
  const marked = tasks.filter(task => task.target);
  return marked.length > 0 ? marked : tasks;
}

/** The advice for one target. */
export function adviseTarget(problem: Problem, task: Task, options: AdviseOptions = {}): Advice[] {
  return adviseInView(problem, viewOf(problem), task, options);
}

function adviseInView(problem: Problem, view: View, task: Task, options: AdviseOptions): Advice[] {
  const t = thresholds(options.thresholds);
  const pipeline = problem.pipelines.find(candidate => candidate.task === task.name);
  const advice = !pipeline
    ? [adviseLearning(view, task, t)]
    : isPlain(pipeline)
      ? [adviseLearning(viewOf(asOneTask(problem, task, pipeline)), task, t)]
      : advisePipeline(problem, view, task, pipeline, t);
  return advice.map(each => applyPilot(each, options.pilots ?? []));
}

function adviseLearning(
  view: View,
  task: Task,
  t: Thresholds,
  stage?: { readonly of: string; readonly name: string },
): Advice {
  const facts = targetFacts(view, task, t);
  const decision = decideLearning(facts, t);
  return {
    task: stage?.of ?? task.name,
    decision: 'learning',
    ...(stage ? { stage: stage.name } : {}),
    recommendation: decision.recommendation,
    acceptable: decision.acceptable,
    from: decision.from,
    confidence: decision.confidence,
    basis: 'rules',
    conditions: decision.conditions,
    notes: learningNotes(facts, decision, t),
    reference: task.reference,
  };
}

function advisePipeline(
  problem: Problem,
  view: View,
  task: Task,
  pipeline: Pipeline,
  t: Thresholds,
): Advice[] {
  const facts = pipelineFacts(view, pipeline);
  const decision = decideDecomposition(facts, t);
  const decomposition: Advice = {
    task: task.name,
    decision: 'decomposition',
    recommendation: decision.recommendation,
    acceptable: decision.acceptable,
    from: [],
    confidence: decision.confidence,
    basis: 'rules',
    conditions: decision.conditions,
    notes: decompositionNotes(facts, decision),
    reference: pipeline.reference,
  };
  const whole = decision.acceptable.includes('end-to-end')
    ? [adviseLearning(viewOf(asOneTask(problem, task, pipeline)), task, t)]
    : [];
  const stages = decision.acceptable.includes('pipeline')
    ? facts.stages.filter(isLearned).map(stage => adviseStage(view, facts, stage, t))
    : [];
  return [decomposition, ...whole, ...stages];
}

/** A stage without any data has nothing to decide yet; the decomposition asks for it. */
function isLearned(stage: Stage): boolean {
  return !stage.engineered && stage.data.datasets.length > 0;
}

function adviseStage(view: View, facts: PipelineFacts, stage: Stage, t: Thresholds): Advice {
  return adviseLearning(view, stageTask(view, facts, stage), t, {
    of: facts.task.name,
    name: stage.name,
  });
}
