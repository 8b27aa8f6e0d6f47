import {
  type Dataset,
  type InputPreprocessing,
  type LabelEncoding,
  type SplitName,
  openDataset,
} from '../../data';
import { type Examples, concatenate, labelledRows, takeRows } from '../datasets/examples';
import { joinLabels } from '../datasets/label-alignment';
import { type OpenSettings, openWithPreprocessing, readSplit, requestOf } from '../datasets/load-datasets';
import type { DataSpec, TrialSpec } from '../../protocol/job-files';
import { trainingError } from '../training-error';
import { type StageValue, labelValue } from './stage-values';
import { noLabelledDataset, noTestExamples } from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

/** The data of the whole mapping, on which a pipeline is measured; it learns nothing from it. */
export interface EndToEndData {
  /** Its input's own preprocessing, which says how wide it is. */
  readonly own: InputPreprocessing;
  readonly labels: Readonly<Record<string, LabelEncoding>>;
  /**
   * The labelled examples of a split, with the labels of intermediate values, read with some preprocessing.
   *
   * @throws TrainingError `no-test` where the test split has none
   */
  readonly read: (split: SplitName, input: InputPreprocessing) => Promise<Examples>;
}

/** Opens the datasets of the pipeline's task. @throws TrainingError where there are none, or their labels differ */
export async function openEndToEndData(
  { target, datasets }: Pick<TrialSpec, 'target' | 'datasets'>,
  settings: OpenSettings,
): Promise<EndToEndData> {
  const wanted = datasets.filter(({ name }) => target.datasets.includes(name));
  const opened: { readonly data: DataSpec; readonly dataset: Dataset }[] = [];
  for (const data of wanted) {
    const request = requestOf(data, [target], datasets);
    opened.push({ data: { ...data, request }, dataset: await openDataset(data.path, request, settings) });
  }
  const [first] = opened;
  if (!first) throw trainingError('no-examples', noLabelledDataset(target.name));
  const tasks = [...new Set(opened.flatMap(({ dataset }) => Object.keys(dataset.pipeline.labels)))];
  const labels = Object.fromEntries(
    tasks.map(task => {
      const found = opened.map(({ dataset }) => entryOf(dataset.pipeline.labels, task));
      return [
        task,
        joinLabels(
          task,
          found.filter(label => label !== undefined),
        ),
      ];
    }),
  );
  return {
    own: first.dataset.pipeline.input,
    labels,
    read: async (split, input) => {
      const parts: Examples[] = [];
      for (const { data } of opened) {
        const dataset = await openWithPreprocessing(data, data.request, input, settings);
        parts.push(await readSplit(dataset, split, labels, settings.signal));
      }
      const all = concatenate(parts, tasks);
      const rows = labelledRows(all, target.name);
      if (rows.length === 0 && split === 'test') throw trainingError('no-test', noTestExamples(target.name));
      return takeRows(all, rows);
    },
  };
}

/**
 * The true value between two stages, where the whole's data has it: a label of that name, or numbered ones
 * (`digit1`, `digit2`, …) where there are several parts.
 */
export function trueValues(name: string, { labels }: EndToEndData, test: Examples): TrueValue | undefined {
  const columns = numbered(name, Object.keys(labels));
  if (columns.length === 0) return undefined;
  return row => {
    const values = columns.map(task => {
      const [label, column] = [entryOf(labels, task), entryOf(test.labels, task)];
      return label && column?.present[row] === 1 ? labelValue(label, column.values[row] ?? 0) : undefined;
    });
    const known = values.filter(value => value !== undefined);
    if (known.length < values.length) return undefined;
    return columns.length === 1 && columns[0] === name ? known[0] : known;
  };
}

/** The true value of a test example; `undefined` where its label is missing. */
export type TrueValue = (row: number) => StageValue | undefined;

function numbered(name: string, tasks: readonly string[]): readonly string[] {
  if (tasks.includes(name)) return [name];
  const places = tasks.flatMap(task => {
    const place = task.startsWith(name) ? /^[-_.]?(\d+)$/.exec(task.slice(name.length))?.[1] : undefined;
    return place === undefined ? [] : [{ task, place: Number(place) }];
  });
  return places.sort((a, b) => a.place - b.place).map(({ task }) => task);
}
