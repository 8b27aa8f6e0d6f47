import * as l10n from '@vscode/l10n';
import type { Advice } from '../../../advisor/advice';
import { targetsOf } from '../../../advisor/advisor';
import type { RunSummary } from '../../../experiments';
import type { Size, Step } from '../../../language/annotation-model';
import {
  type Dataset,
  type FileLocation,
  type Pipeline,
  type Task,
  datasetSize,
} from '../../../language/learning-problem';
import { recommendationSummary, strategyCodicon } from '../../../messages/advice-summary';
import { shortVerdict } from '../../../experiments/report/run-summary-text';
import { certaintyName } from '../../../messages/outlook-text';
import { adviceSubject, headline } from '../../../messages/advice-text';
import { conditionsOf, statusCodicon, statusName } from '../../../messages/condition-markdown';
import { conditionText } from '../../../messages/condition-text';
import { formatExactSize, formatSize, strategyName } from '../../../messages/quantities';
import { runStateName, runTitle } from '../../../messages/run-titles';
import type { Resolution } from '../../project/project-resolution';

type OverviewItemKind =
  | 'folder'
  | 'targets'
  | 'datasets'
  | 'pipelines'
  | 'pilots'
  | 'target'
  | 'advice'
  | 'condition'
  | 'dataset'
  | 'staleDataset'
  /** It has no data that could be opened. */
  | 'pathlessDataset'
  | 'pipeline'
  | 'stage'
  | 'run'
  | 'liveRun'
  | 'openRun';

/** A line of the overview. */
export interface OverviewItem {
  /** Unique among all lines, and the same for as long as the line is about the same thing. */
  readonly id: string;
  readonly kind: OverviewItemKind;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** A codicon. */
  readonly icon?: string;
  /** The colour of the icon, as themes call it. */
  readonly color?: string;
  /** Where it is annotated. */
  readonly reference?: FileLocation;
  /** The target that it is about. */
  readonly task?: string;
  readonly dataset?: string;
  /** The folder of a run. */
  readonly run?: string;
  /** Worked out when the line is opened. */
  readonly children?: () => readonly OverviewItem[];
  /** Whether its lines show at once. */
  readonly isOpen?: boolean;
}

/** What was found in the data of a dataset. */
export interface CountedDatasetSize extends Size {
  /** Where the number came from, in words. */
  readonly from: string;
  /** Whether what the annotation states is another size. */
  readonly isStale: boolean;
}

/** What a problem is made of, in groups; a group without a line is left out. */
export function problemItems(
  scope: string,
  resolution: Resolution,
  countOf: (dataset: Dataset) => CountedDatasetSize | undefined,
): readonly OverviewItem[] {
  const { problem } = resolution;
  const group = (
    kind: 'targets' | 'datasets' | 'pipelines',
    label: string,
    icon: string,
    size: number,
    children: () => readonly OverviewItem[],
  ): OverviewItem[] =>
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

function targetItem(scope: string, target: Task, resolution: Resolution): OverviewItem {
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
    ...(first ? { description: recommendationSummary(first), tooltip: advice.map(headline).join('\n') } : {}),
    children: () =>
      advice.length === 1 && first
        ? conditionItems(id, first)
        : advice.map((each, index) => adviceItem(`${id} ${index}`, each)),
  };
}

/** One decision of several on a target: what to learn, or the signal of one of its stages. */
function adviceItem(id: string, advice: Advice): OverviewItem {
  return {
    id,
    kind: 'advice',
    label: adviceSubject(advice),
    description: `${recommendationSummary(advice)} · ${certaintyName(advice)}`,
    tooltip: headline(advice),
    icon: strategyCodicon(advice.recommendation),
    reference: advice.reference,
    children: () => conditionItems(id, advice),
  };
}

/** Why: how each condition of the recommended strategy stands. */
function conditionItems(id: string, advice: Advice): readonly OverviewItem[] {
  return conditionsOf(advice, advice.recommendation).map((condition, index): OverviewItem => {
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

function datasetItem(scope: string, dataset: Dataset, found: CountedDatasetSize | undefined): OverviewItem {
  const stated = datasetSize(dataset);
  const statedText = stated ? formatSize(stated) : l10n.t('size not stated');
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
      ...(isStale ? [l10n.t('The stated size differs from the counted size.')] : []),
    ].join('\n'),
    icon: isStale ? 'warning' : 'database',
    ...(isStale ? { color: 'list.warningForeground' } : {}),
    reference: dataset.reference,
  };
}

function pipelineItem(scope: string, pipeline: Pipeline, resolution: Resolution): OverviewItem {
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

function stageItem(id: string, pipeline: Pipeline, step: Step, resolution: Resolution): OverviewItem {
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
        ? `${strategyName(advice.recommendation)} · ${certaintyName(advice)}`
        : l10n.t('no annotated data'),
    icon: isEngineered ? 'tools' : 'arrow-right',
    reference: data?.reference ?? pipeline.reference,
    ...(advice ? { tooltip: headline(advice) } : {}),
  };
}

/** Of many runs, the latest; the list of runs has all. */
const MOST_RUNS = 50;

/** The pilots and trainings of a folder, the latest first. */
export function runItems(scope: string, runs: readonly RunSummary[]): readonly OverviewItem[] {
  if (runs.length === 0) return [];
  return [
    {
      id: `${scope} pilots`,
      kind: 'pilots',
      label: l10n.t('Pilots'),
      icon: 'beaker',
      description: String(runs.length),
      children: () => runs.slice(0, MOST_RUNS).map(run => runItem(scope, run)),
      isOpen: true,
    },
  ];
}

function runItem(scope: string, run: RunSummary): OverviewItem {
  const { state, report } = run;
  const verdict = report?.verdict ? [shortVerdict(report.verdict)] : [];
  const name = runTitle(run);
  const { icon, kind } = lookOf(state);
  return {
    id: `${scope} run ${run.id}`,
    kind,
    label: run.name ?? name,
    description: [runStateName(state), ...verdict].join(' · '),
    tooltip: [run.name === undefined ? '' : name, run.id, run.started, run.notes ?? '']
      .filter(line => line !== '')
      .join('\n'),
    icon,
    run: run.folder,
  };
}

interface Look {
  readonly icon: string;
  readonly kind: OverviewItemKind;
}

function lookOf(state: RunSummary['state']): Look {
  switch (state) {
    case 'finished':
      return { icon: 'pass', kind: 'run' };
    case 'failed':
      return { icon: 'error', kind: 'run' };
    case 'stopped':
      return { icon: 'debug-pause', kind: 'openRun' };
    case 'interrupted':
      return { icon: 'debug-disconnect', kind: 'openRun' };
    default:
      return { icon: 'loading~spin', kind: 'liveRun' };
  }
}
