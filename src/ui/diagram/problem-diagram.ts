import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { targetsOf } from '../../advisor/advisor';
import type { Step } from '../../language/annotation-model';
import {
  type Dataset,
  type FileLocation,
  type Pipeline,
  type Problem,
  type Task,
  datasetSize,
  labelShare,
} from '../../language/learning-problem';
import { certaintyName } from '../../messages/outlook-text';
import { formatSize, strategyName } from '../../messages/quantities';
import type { Graph, GraphEdge, GraphNode } from './diagram-graph';

/** A declared step of a pipeline, as a node. */
export interface StageNode {
  readonly id: string;
  readonly step: Step;
  readonly isEngineered: boolean;
}

/** Which nodes the names in annotations and in advice mean. */
interface NodeIndex {
  /** Whether a task is a node of its own: a step of a pipeline is one of its stages, or several, or the whole. */
  readonly hasNode: (task: string) => boolean;
  readonly nodesOf: (task: string) => readonly string[];
  readonly stagesOf: (pipeline: Pipeline) => readonly StageNode[];
  /** What is advised for a stage, alone or merged with others. */
  readonly adviceOnStage: (id: string, advice: readonly Advice[]) => Advice | undefined;
}

const taskId = (name: string): string => `task ${name}`;

function createNodeIndex({ pipelines }: Problem): NodeIndex {
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

/** A diagram, and where each node of it is annotated. */
export interface Diagram {
  readonly graph: Graph;
  /** By the id of a node. */
  readonly references: ReadonlyMap<string, FileLocation>;
}

/** Draws a problem up: its tasks, stages and datasets, and what leads from one to another. */
export function diagramOf(problem: Problem, adviceOn: (target: Task) => readonly Advice[]): Diagram {
  const targets = targetsOf(problem);
  const advice = new Map(targets.map(target => [target.name, adviceOn(target)]));
  const names = createNodeIndex(problem);
  const references = new Map<string, FileLocation>();
  const nodes: GraphNode[] = [];
  const add = (node: GraphNode, reference: FileLocation): void => {
    if (references.has(node.id)) return;
    references.set(node.id, reference);
    nodes.push(node);
  };
  for (const task of problem.tasks)
    if (names.hasNode(task.name))
      add(taskNode(task, targets.includes(task), advice.get(task.name) ?? []), task.reference);
  for (const pipeline of problem.pipelines)
    for (const { id, step, isEngineered } of names.stagesOf(pipeline)) {
      const own = names.adviceOnStage(id, advice.get(pipeline.task) ?? []);
      const data = problem.datasets.find(({ tasks }) => tasks.includes(`${step.from}->${step.to}`));
      const node: GraphNode = {
        id,
        kind: isEngineered ? 'engineered' : 'stage',
        name: `${step.from} → ${step.to}`,
        details: isEngineered ? [l10n.t('engineered: needs no data')] : adviceDetails(own),
        ...(own ? { strategy: own.recommendation } : {}),
      };
      add(node, data?.reference ?? pipeline.reference);
    }
  for (const dataset of problem.datasets) add(datasetNode(dataset), dataset.reference);
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  const edges = problemEdges(problem, [...advice.values()].flat(), names, id => nameOf.get(id) ?? '');
  return {
    graph: { nodes, edges: distinct(edges.filter(({ from, to }) => nameOf.has(from) && nameOf.has(to))) },
    references,
  };
}

function taskNode(task: Task, isTarget: boolean, [first]: readonly Advice[]): GraphNode {
  return {
    id: taskId(task.name),
    kind: isTarget ? 'target' : 'task',
    name: task.name,
    details: adviceDetails(first),
    ...(first ? { strategy: first.recommendation } : {}),
  };
}

function adviceDetails(advice: Advice | undefined): readonly string[] {
  if (!advice) return [];
  return [strategyName(advice.recommendation), certaintyName(advice)];
}

function datasetNode(dataset: Dataset): GraphNode {
  const size = datasetSize(dataset);
  return {
    id: datasetId(dataset.name),
    kind: 'dataset',
    name: dataset.name,
    details: [size ? formatSize(size) : l10n.t('size not stated')],
  };
}

const datasetId = (name: string): string => `dataset ${name}`;

function problemEdges(
  { datasets, tasks, pipelines }: Problem,
  advice: readonly Advice[],
  names: NodeIndex,
  nameOf: (id: string) => string,
): GraphEdge[] {
  return [
    ...datasets.flatMap(dataset => dataEdges(dataset, names, nameOf)),
    ...datasets.flatMap(dataset =>
      dataset.sourceDatasets.map((source): GraphEdge => ({
        from: datasetId(source),
        to: datasetId(dataset.name),
        kind: 'source',
        text: l10n.t('{0} was created from {1}', dataset.name, source),
      })),
    ),
    ...pipelines.flatMap(pipeline => {
      const ids = [...names.stagesOf(pipeline).map(({ id }) => id), taskId(pipeline.task)];
      return ids.slice(1).map((to, index): GraphEdge => {
        const from = ids[index] ?? '';
        return { from, to, kind: 'stage', text: l10n.t('{0} is followed by {1}', nameOf(from), nameOf(to)) };
      });
    }),
    ...advice.flatMap(each => signalEdges(each, names, nameOf)),
    ...tasks.flatMap(task => sharedEdges(task, names, nameOf)),
  ];
}

function dataEdges(dataset: Dataset, names: NodeIndex, nameOf: (id: string) => string): GraphEdge[] {
  return dataset.tasks.flatMap(task => {
    const share = labelShare(dataset, task) ?? 1;
    const part = `${Number((100 * share).toPrecision(3))}%`;
    return names.nodesOf(task).map((to): GraphEdge => {
      const from = datasetId(dataset.name);
      return share < 1
        ? {
            ...{ from, to, kind: 'data', label: part },
            text: l10n.t('{0} has labels for {1} on {2} of its examples', dataset.name, nameOf(to), part),
          }
        : { from, to, kind: 'data', text: l10n.t('{0} has labels for {1}', dataset.name, nameOf(to)) };
    });
  });
}

/** Where the signal comes from, as it is recommended. */
function signalEdges(advice: Advice, names: NodeIndex, nameOf: (id: string) => string): GraphEdge[] {
  const { recommendation: kind } = advice;
  if (kind !== 'transfer' && kind !== 'multitask') return [];
  return names.nodesOf(advice.stage ?? advice.task).flatMap(to =>
    advice.from
      .flatMap(names.nodesOf)
      .filter(from => from !== to)
      .map((from): GraphEdge => {
        const [one, other] = [nameOf(from), nameOf(to)];
        return {
          ...{ from, to, kind },
          text:
            kind === 'transfer'
              ? l10n.t('{0}: transfer learning from {1}', other, one)
              : l10n.t('{0} and {1} are trained jointly', other, one),
        };
      }),
  );
}

function sharedEdges(
  { name, sharesFeaturesWith: others = 'none' }: Task,
  names: NodeIndex,
  nameOf: (id: string) => string,
): GraphEdge[] {
  if (others === 'none') return [];
  return names.nodesOf(name).flatMap(from =>
    others
      .flatMap(names.nodesOf)
      .filter(to => to !== from)
      .map((to): GraphEdge => {
        const text = l10n.t('{0} and {1} share low-level features', nameOf(from), nameOf(to));
        return { from, to, kind: 'shares', text };
      }),
  );
}

/** One edge of a kind between two nodes; one of those that have no direction stands for both. */
function distinct(edges: readonly GraphEdge[]): GraphEdge[] {
  const known = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const { from, to, kind } = edge;
    const isPair = kind === 'multitask' || kind === 'shares';
    const ends = isPair && from > to ? [to, from] : [from, to];
    const key = JSON.stringify([kind, ...ends]);
    if (!known.has(key)) known.set(key, edge);
  }
  return [...known.values()];
}
