import type { Chunk, Dataset, LabelPipeline, SplitName } from '../../data';
import type { Examples } from './examples';
import { widthOf } from './examples';
import { relabel } from './labels';

/** Reads a split into memory, its labels translated to what the joined tasks call them. */
export async function readSplit(
  dataset: Dataset,
  split: SplitName,
  labels: Readonly<Record<string, LabelPipeline>>,
  signal: AbortSignal,
): Promise<Examples> {
  const { shape, pipeline } = dataset;
  const width = widthOf(shape);
  // Files that cannot be read are counted here and left out by `read`.
  const most = dataset.examples[split] ?? 0;
  const inputs =
    pipeline.input.kind === 'text' ? new Int32Array(most * width) : new Float32Array(most * width);
  const tasks = Object.keys(labels).filter(task => pipeline.labels[task]);
  const columns = Object.fromEntries(
    tasks.map(task => [task, { values: new Float32Array(most), present: new Uint8Array(most) }]),
  );
  let count = 0;
  for await (const chunk of dataset.read(split, { signal })) {
    inputs.set(chunk.inputs, count * width);
    for (const task of tasks) {
      columns[task]?.values.set(labelsOf(chunk, task).values, count);
      columns[task]?.present.set(labelsOf(chunk, task).present, count);
    }
    count += chunk.count;
  }
  const cut = Object.entries(columns).map(([task, { values, present }]) => {
    const column = { values: values.subarray(0, count), present: present.subarray(0, count) };
    return [task, relabel(column, pipeline.labels[task], labels[task])] as const;
  });
  return { count, shape, inputs: inputs.subarray(0, count * width), labels: Object.fromEntries(cut) };
}

function labelsOf(chunk: Chunk, task: string): Chunk['labels'][string] {
  return (
    chunk.labels[task] ?? { values: new Float32Array(chunk.count), present: new Uint8Array(chunk.count) }
  );
}
