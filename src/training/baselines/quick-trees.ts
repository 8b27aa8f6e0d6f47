import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../../common/abort';
import type { InputPreprocessing, LabelEncoding } from '../../data';
import type { TreeEnsemble } from '../../engine';
import type { MetricName, MetricSpec, Predictions } from '../../protocol/job-files';
import { boost } from '../boosting/boost';
import { scoreTrees } from '../boosting/tree';
import { missingFlags, treeLogits, treeTable } from '../boosting/tree-inputs';
import type { Examples } from '../datasets/examples';
import { predictionsOf } from '../loop/predictions';
import { metricsOf } from '../metrics';
import { classCount, targetsOf } from './baseline-targets';

/** Few small trees: enough to tell what data holds, in a second or less. */
const QUICK = { leaves: 8, minRows: 3, minCurvature: 0.1, l2: 1, learningRate: 0.15, seed: 1 };
const ROUNDS = 60;
const MOST_TREES = 300;
const MOST_ROWS = 2000;
const MOST_FEATURES = 256;

export interface QuickTask {
  readonly task: string;
  readonly label: LabelEncoding;
  readonly input: InputPreprocessing;
  readonly signal: AbortSignal | undefined;
}

/** What trees that have learned from some labelled examples predict of others. */
export async function predictQuickly(
  { task, label, input, signal }: QuickTask,
  train: Examples,
  held: Examples,
): Promise<Predictions> {
  const classes = classCount(label);
  const outputs = classes > 2 ? classes : 1;
  const flags = missingFlags(input);
  const table = treeTable(train, flags);
  const { ensemble }: { readonly ensemble: TreeEnsemble } = await boost(
    table,
    targetsOf(train, task, classes, false),
    {
      ...QUICK,
      rounds: Math.max(5, Math.min(ROUNDS, Math.floor(MOST_TREES / outputs))),
      rowsPerTree: MOST_ROWS,
      featuresPerTree: MOST_FEATURES,
      bins: table.width > MOST_FEATURES ? 15 : 63,
      pause: async () => {
        await nextTurn();
        throwIfAborted(signal);
      },
    },
  );
  const width = label.kind === 'class' ? classes : 1;
  const scores = scoreTrees(ensemble, treeTable(held, flags));
  return predictionsOf({ task, label, width }, treeLogits(scores, width, outputs), held);
}

/** The run's metric of quick trees; `undefined` where it does not exist for these labels. */
export async function scoreQuickly(
  task: QuickTask,
  train: Examples,
  held: Examples,
  { name }: MetricSpec,
): Promise<number | undefined> {
  return metricsOf(await predictQuickly(task, train, held))[name as MetricName];
}
