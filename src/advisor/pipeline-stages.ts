import type { Step } from '../language/annotation-model';
import {
  type Dataset,
  type Pipeline,
  type Problem,
  type Task,
  labelShare,
} from '../language/learning-problem';
import { printStep } from '../language/value-syntax';
import { type LabelledData, type ProblemIndex, labelledDataOf, sumLabelledData } from './labelled-data';

/** A part of a pipeline: engineered, or learned from data of its own. */
export interface Stage {
  /** `audio->phonemes` */
  readonly name: string;
  readonly engineered: boolean;
  readonly data: LabelledData;
  /** The declared steps that one dataset spans together. */
  readonly merged: readonly Step[];
}

/** A pipeline with the data that was declared for it. */
export interface PipelineContext {
  readonly pipeline: Pipeline;
  /** The task the pipeline ends in. */
  readonly task: Task;
  /** Examples of the whole mapping, X to Y. */
  readonly whole: LabelledData;
  readonly stages: readonly Stage[];
}

/** The name of the whole mapping: `audio->transcript`. */
export function mappingName(pipeline: Pipeline): string {
  return printStep({ from: pipeline.steps[0]?.from ?? '', to: pipeline.steps.at(-1)?.to ?? pipeline.task });
}

export function pipelineContext(view: ProblemIndex, pipeline: Pipeline): PipelineContext {
  const task = view.tasks.find(candidate => candidate.name === pipeline.task) ?? {
    name: pipeline.task,
    reference: pipeline.reference,
    declared: false,
    target: false,
  };
  const whole = new Set(
    [mappingName(pipeline), pipeline.task].flatMap(name => labelledDataOf(view, name).datasets),
  );
  return { pipeline, task, whole: wholeData([...whole], pipeline), stages: stagesOf(view, pipeline) };
}

function wholeData(datasets: readonly Dataset[], pipeline: Pipeline): LabelledData {
  const name = mappingName(pipeline);
  // A dataset may name the mapping either way; its missing labels count under the name it uses.
  const renamed = datasets.map(dataset => ({
    ...dataset,
    labelsPresent: { [name]: labelShare(dataset, name) ?? labelShare(dataset, pipeline.task) ?? 1 },
  }));
  const { main, ...own } = sumLabelledData(renamed, name);
  const original = datasets.find(dataset => dataset.name === main?.name);
  return { ...own, datasets, ...(original ? { main: original } : {}) };
}

function stagesOf(view: ProblemIndex, { steps, engineered }: Pipeline): Stage[] {
  const isEngineered = (step: Step): boolean => engineered.some(each => printStep(each) === printStep(step));
  const stages: Stage[] = [];
  for (let i = 0; i < steps.length;) {
    const end = isEngineered(steps[i] ?? { from: '', to: '' })
      ? i + 1
      : endOfStage(view, steps, i, isEngineered);
    const from = steps[i];
    const to = steps[end - 1];
    if (!from || !to) break;
    const name = printStep({ from: from.from, to: to.to });
    stages.push({
      name,
      engineered: isEngineered(from),
      data: labelledDataOf(view, name),
      merged: end - i > 1 ? steps.slice(i, end) : [],
    });
    i = end;
  }
  return stages;
}

/** One step where it has data; else the longest run of learned steps that a dataset spans, short of the whole. */
function endOfStage(
  view: ProblemIndex,
  steps: readonly Step[],
  start: number,
  isEngineered: (step: Step) => boolean,
): number {
  const has = (end: number): boolean =>
    labelledDataOf(view, printStep({ from: steps[start]?.from ?? '', to: steps[end - 1]?.to ?? '' })).datasets
      .length > 0;
  if (has(start + 1)) return start + 1;
  for (let end = start + 2; end <= steps.length; end++) {
    if (steps.slice(start, end).some(isEngineered) || (start === 0 && end === steps.length)) break;
    if (has(end)) return end;
  }
  return start + 1;
}

/** A stage as a task of its own, so that it gets its own learning decision. */
export function stageTask(view: ProblemIndex, facts: PipelineContext, stage: Stage): Task {
  return (
    view.tasks.find(task => task.name === stage.name) ?? {
      name: stage.name,
      reference: stage.data.datasets[0]?.reference ?? facts.pipeline.reference,
      declared: false,
      target: false,
    }
  );
}

/** Whether there is nothing to decompose: the one step there is is learned, end to end. */
export function isSingleStep({ steps, engineered }: Pipeline): boolean {
  return steps.length === 1 && engineered.length === 0;
}

/** The problem in which data for the whole mapping (`audio->transcript`) is data for its task (`transcript`). */
export function asEndToEndProblem(problem: Problem, task: Task, pipeline: Pipeline): Problem {
  const whole = mappingName(pipeline);
  const rename = (name: string): string => (name === whole ? task.name : name);
  return {
    ...problem,
    datasets: problem.datasets.map(dataset => ({
      ...dataset,
      tasks: [...new Set(dataset.tasks.map(rename))],
      labelsPresent: Object.fromEntries(
        Object.entries(dataset.labelsPresent).map(([name, share]) => [rename(name), share]),
      ),
    })),
  };
}
