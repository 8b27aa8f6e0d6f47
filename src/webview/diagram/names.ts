import type { Advice } from '../../advisor/advice';
import type { Pipeline, Problem } from '../../annotations/problem';
import type { Step } from '../../annotations/model';

/** A declared step of a pipeline, as a node. */
export interface StageNode {
  readonly id: string;
  readonly step: Step;
  readonly isEngineered: boolean;
}

/** Which nodes the names in annotations and in advice mean. */
export interface Names {
  /** Whether a task is a node of its own: a step of a pipeline is one of its stages, or several, or the whole. */
  readonly hasNode: (task: string) => boolean;
  readonly nodesOf: (task: string) => readonly string[];
  readonly stagesOf: (pipeline: Pipeline) => readonly StageNode[];
  /** What is advised for a stage, alone or merged with others. */
  readonly adviceOnStage: (id: string, advice: readonly Advice[]) => Advice | undefined;
}

export const taskId = (name: string): string => `task ${name}`;

export function createNames({ pipelines }: Problem): Names {
  const stages = new Map(pipelines.map(pipeline => [pipeline, stageNodes(pipeline)]));
  const spans = new Map<string, string[]>();
  for (const [pipeline, nodes] of stages)
    for (const [name, ids] of spansOf(pipeline, nodes))
      spans.set(name, [...new Set([...(spans.get(name) ?? []), ...ids])]);
  const nodesOf = (task: string): readonly string[] => spans.get(task) ?? [taskId(task)];
  return {
    hasNode: task => !spans.has(task),
    nodesOf,
    stagesOf: pipeline => stages.get(pipeline) ?? [],
    adviceOnStage: (id, advice) =>
      advice.find(({ stage }) => stage !== undefined && nodesOf(stage).includes(id)),
  };
}

function stageNodes({ task, steps, engineered }: Pipeline): StageNode[] {
  return steps.map((step, index) => ({
    id: `stage ${task} ${index}`,
    step,
    isEngineered: engineered.some(({ from, to }) => from === step.from && to === step.to),
  }));
}

/** Every run of steps by its name (`a->c`): its stages, or the task where it is the whole of several. */
function spansOf({ task, steps }: Pipeline, nodes: readonly StageNode[]): [string, readonly string[]][] {
  return steps.flatMap(({ from }, first) =>
    steps.slice(first).map(({ to }, length): [string, readonly string[]] => {
      const isWhole = first === 0 && length === steps.length - 1 && length > 0;
      const ids = nodes.slice(first, first + length + 1).map(({ id }) => id);
      return [`${from}->${to}`, isWhole ? [taskId(task)] : ids];
    }),
  );
}
