import * as l10n from '@vscode/l10n';
import type { Advice } from '../../advisor/advice';
import { targetsOf } from '../../advisor/advise';
import { headline, subject } from '../../advisor/text/advice';
import { conditionText } from '../../advisor/text/conditions';
import { formatExactSize, formatSize, strategyName } from '../../advisor/text/format';
import type { Size, Step } from '../../annotations/model';
import { datasetSize, type Dataset, type Pipeline, type Task } from '../../annotations/problem';
import { conditionsOf } from '../text/conditions';
import { statusCodicon, statusName } from '../text/status';
import { certainty, choice, strategyCodicon } from '../text/summary';
import type { Resolution } from '../workspace/resolution';
import type { Item } from './item';

/** What was found in the data of a dataset. */
export interface FoundCount extends Size {
  /** Where the number came from, in words. */
  readonly from: string;
  /** Whether what the annotation states is another size. */
  readonly isStale: boolean;
}

/** What a problem is made of, in groups; a group without a line is left out. */
export function problemItems(
  scope: string,
  resolution: Resolution,
  countOf: (dataset: Dataset) => FoundCount | undefined,
): readonly Item[] {
  const { problem } = resolution;
  const group = (
    kind: 'targets' | 'datasets' | 'pipelines',
    label: string,
    icon: string,
    size: number,
    children: () => readonly Item[],
  ): Item[] =>
    size === 0
      ? []
      : [{ id: `${scope} ${kind}`, kind, label, icon, description: String(size), children, isOpen: true }];
  const targets = targetsOf(problem);
  const { datasets, pipelines } = problem;
  return [
    ...group('targets', l10n.t('Targets'), 'target', targets.length, () =>
      targets.map(target => targetItem(scope, target, resolution)),
    ),
    ...group('datasets', l10n.t('Datasets'), 'database', datasets.length, () =>
      datasets.map(dataset => datasetItem(scope, dataset, countOf(dataset))),
    ),
    ...group('pipelines', l10n.t('Pipelines'), 'list-ordered', pipelines.length, () =>
      pipelines.map(pipeline => pipelineItem(scope, pipeline, resolution)),
    ),
  ];
}

function targetItem(scope: string, target: Task, resolution: Resolution): Item {
  const id = `${scope} target ${target.name}`;
  const advice = resolution.adviceOn(target);
  const [first] = advice;
  return {
    id,
    kind: 'target',
    label: target.name,
    task: target.name,
    icon: first ? strategyCodicon(first.recommendation) : 'target',
    reference: target.reference,
    ...(first ? { description: choice(first), tooltip: advice.map(headline).join('\n') } : {}),
    children: () =>
      advice.length === 1 && first
        ? conditionItems(id, first)
        : advice.map((each, index) => adviceItem(`${id} ${index}`, each)),
  };
}

/** One decision of several on a target: what to learn, or the signal of one of its stages. */
function adviceItem(id: string, advice: Advice): Item {
  return {
    id,
    kind: 'advice',
    label: subject(advice),
    description: `${choice(advice)} · ${certainty(advice)}`,
    tooltip: headline(advice),
    icon: strategyCodicon(advice.recommendation),
    reference: advice.reference,
    children: () => conditionItems(id, advice),
  };
}

/** Why: how each condition of the recommended strategy stands. */
function conditionItems(id: string, advice: Advice): readonly Item[] {
  return conditionsOf(advice, advice.recommendation).map((condition, index): Item => {
    const [reference] = condition.evidence;
    const text = conditionText(condition);
    const { icon, color } = statusCodicon(condition.status);
    return {
      id: `${id} condition ${index}`,
      kind: 'condition',
      label: text,
      description: statusName(condition.status),
      tooltip: `${statusName(condition.status)}: ${text}`,
      icon,
      color,
      ...(reference ? { reference } : {}),
    };
  });
}

function datasetItem(scope: string, dataset: Dataset, found: FoundCount | undefined): Item {
  const stated = datasetSize(dataset);
  const statedText = stated ? formatSize(stated) : l10n.t('no size stated');
  const isStale = found?.isStale === true;
  return {
    id: `${scope} dataset ${dataset.name}`,
    kind: isStale ? 'staleDataset' : dataset.path === undefined ? 'pathlessDataset' : 'dataset',
    label: dataset.name,
    dataset: dataset.name,
    description: found
      ? l10n.t('{0} stated · {1} counted', statedText, formatExactSize(found))
      : l10n.t('{0} stated', statedText),
    tooltip: [
      `${dataset.name}: ${dataset.tasks.join(', ')}`,
      ...(found ? [l10n.t('{0} counted ({1})', formatExactSize(found), found.from)] : []),
      ...Object.entries(dataset.splits ?? {}).map(
        ([name, value]) => `${name}: ${formatSize({ value, unit: dataset.unit })}`,
      ),
      ...(isStale ? [l10n.t('The annotation states another size than there is.')] : []),
    ].join('\n'),
    icon: isStale ? 'warning' : 'database',
    ...(isStale ? { color: 'list.warningForeground' } : {}),
    reference: dataset.reference,
  };
}

function pipelineItem(scope: string, pipeline: Pipeline, resolution: Resolution): Item {
  const id = `${scope} pipeline ${pipeline.task}`;
  const values = [pipeline.steps[0]?.from, ...pipeline.steps.map(({ to }) => to)];
  return {
    id,
    kind: 'pipeline',
    label: pipeline.task,
    task: pipeline.task,
    description: values.join(' → '),
    icon: 'list-ordered',
    reference: pipeline.reference,
    children: () =>
      pipeline.steps.map((step, index) => stageItem(`${id} ${index}`, pipeline, step, resolution)),
    isOpen: true,
  };
}

function stageItem(id: string, pipeline: Pipeline, step: Step, resolution: Resolution): Item {
  const name = `${step.from}->${step.to}`;
  const isEngineered = pipeline.engineered.some(({ from, to }) => from === step.from && to === step.to);
  const advice = resolution.adviceNamed(pipeline.task).find(({ stage }) => stage === name);
  const data = resolution.problem.datasets.find(({ tasks }) => tasks.includes(name));
  return {
    id,
    kind: 'stage',
    label: `${step.from} → ${step.to}`,
    description: isEngineered
      ? l10n.t('engineered: needs no data')
      : advice
        ? `${strategyName(advice.recommendation)} · ${certainty(advice)}`
        : l10n.t('no data is annotated for it'),
    icon: isEngineered ? 'tools' : 'arrow-right',
    reference: data?.reference ?? pipeline.reference,
    ...(advice ? { tooltip: headline(advice) } : {}),
  };
}
