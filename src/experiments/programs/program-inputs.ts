import path from 'node:path';
import { listExamples, type ExampleName, type SplitName } from '../../data';
import type { JobContext } from '../../training/job-context';
import type { ProgramSpec, TrialSpec } from '../../protocol/job-files';
import { makeFolder, writeJson, writeWhole } from '../store/atomic-files';
import { JOB } from '../store/run-folder';

export type ProgramTrial = TrialSpec & { readonly program: ProgramSpec };

/** What a program is told of a trial: the content of `trial.json`. */
export interface ProgramInputs {
  readonly version: 1;
  readonly task: string;
  readonly strategy: string;
  readonly variant?: string;
  /** The source tasks, best first. */
  readonly sources: readonly string[];
  /** Training examples of the target that may be used. */
  readonly num_examples: number;
  readonly seed: number;
  readonly metric: string;
  /** The saved model that a transfer may start from, where the source names one. */
  readonly pretrained?: string;
  /** A folder that the program may write to; it is kept with the trial. */
  readonly output: string;
  readonly datasets: readonly ProgramDataset[];
}

interface ProgramDataset {
  readonly name: string;
  readonly path: string | readonly string[];
  readonly tasks: readonly string[];
  readonly label_columns: Readonly<Record<string, string>>;
  /** Files with a line for each example: `file`, or `file<TAB>row` with rows from 0. */
  readonly train: string;
  readonly validation: string;
  readonly test: string;
}

/** Writes what a trial's program reads, and gives the path of `trial.json`. */
export async function writeInputs(spec: ProgramTrial, context: JobContext): Promise<string> {
  const folder = path.join(context.folder, 'inputs');
  const output = path.join(context.folder, JOB.model);
  await makeFolder(folder);
  await makeFolder(output);
  const datasets: ProgramDataset[] = [];
  for (const dataset of spec.datasets) {
    const { name, request } = dataset;
    const lists = await listExamples(dataset.path, request, spec.seed, {
      cache: context.cache,
      signal: context.signal,
    });
    const isTarget = spec.target.datasets.includes(name);
    const write = async (split: SplitName): Promise<string> => {
      const file = path.join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.${split}.txt`);
      const chosen = isTarget ? forTarget(lists[split], split, spec) : lists[split];
      await writeWhole(file, chosen.map(lineOf).join(''));
      return file;
    };
    datasets.push({
      name,
      path: dataset.path,
      tasks: Object.keys(request.labels),
      label_columns: Object.fromEntries(
        Object.entries(request.labels).map(([task, { column }]) => [task, column]),
      ),
      train: await write('train'),
      validation: await write('validation'),
      test: await write('test'),
    });
  }
  const inputs: ProgramInputs = {
    version: 1,
    task: spec.target.name,
    strategy: spec.arm.strategy,
    ...(spec.arm.variant === undefined ? {} : { variant: spec.arm.variant }),
    sources: spec.arm.from,
    num_examples: spec.n,
    seed: spec.seed,
    metric: spec.metric.name,
    ...(spec.pretrained === undefined ? {} : { pretrained: spec.pretrained }),
    output,
    datasets,
  };
  const file = path.join(folder, 'trial.json');
  await writeJson(file, inputs);
  return file;
}

/** The labelled examples in an order that depends on the seed alone; of the training split, the first `n`. */
function forTarget(
  examples: readonly ExampleName[],
  split: SplitName,
  { target, n }: ProgramTrial,
): readonly ExampleName[] {
  const labelled = examples.filter(({ labels }) => labels.includes(target.name));
  if (split !== 'train') return labelled;
  return labelled.sort((a, b) => a.rank - b.rank).slice(0, n);
}

function lineOf({ file, row }: ExampleName): string {
  return row === undefined ? `${file}\n` : `${file}\t${row}\n`;
}

/** The same in the environment, for programs that read no JSON. */
export function environmentOf(
  spec: ProgramTrial,
  inputs: string,
  output: string,
): Readonly<Record<string, string>> {
  const { arm, target, n, seed, metric } = spec;
  return {
    STRATEGY_ADVISOR_TRIAL: inputs,
    STRATEGY_ADVISOR_TASK: target.name,
    STRATEGY_ADVISOR_STRATEGY: arm.strategy,
    STRATEGY_ADVISOR_VARIANT: arm.variant ?? '',
    STRATEGY_ADVISOR_SOURCES: arm.from.join(','),
    STRATEGY_ADVISOR_NUM_EXAMPLES: String(n),
    STRATEGY_ADVISOR_SEED: String(seed),
    STRATEGY_ADVISOR_METRIC: metric.name,
    STRATEGY_ADVISOR_OUTPUT: output,
  };
}
