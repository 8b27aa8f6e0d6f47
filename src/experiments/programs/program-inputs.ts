import path from 'node:path';
import { divideSize, type LabelledExamples } from '../../training/datasets/subsample';
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
  /** Examples of the target in the training list; those in the validation list count in the trial's size, too. */
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

export interface WrittenInputs {
  /** The path of `trial.json`. */
  readonly file: string;
  /** How many examples of the target it lists for training and validation. */
  readonly examples: LabelledExamples;
  /** The target's labels of the test list, as the data has them; empty where the data is not known. */
  readonly tested: readonly string[];
}

/** Writes what a trial's program reads. */
export async function writeInputs(spec: ProgramTrial, context: JobContext): Promise<WrittenInputs> {
  const folder = path.join(context.folder, 'inputs');
  const output = path.join(context.folder, JOB.model);
  await makeFolder(folder);
  await makeFolder(output);
  const lists = new Map<string, ExampleLists>();
  for (const { name, path: data, request } of spec.datasets)
    lists.set(
      name,
      await listExamples(data, request, spec.seed, { cache: context.cache, signal: context.signal }),
    );
  const { target } = spec;
  const { size, chosen } = forTarget(spec, lists);
  const datasets: ProgramDataset[] = [];
  for (const { name, path: data, request } of spec.datasets) {
    const write = async (split: SplitName): Promise<string> => {
      const file = path.join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.${split}.txt`);
      const listed = (chosen.get(name) ?? lists.get(name))?.[split] ?? [];
      await writeWhole(file, listed.map(lineOf).join(''));
      return file;
    };
    datasets.push({
      name,
      path: data,
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
    task: target.name,
    strategy: spec.arm.strategy,
    ...(spec.arm.variant === undefined ? {} : { variant: spec.arm.variant }),
    sources: spec.arm.from,
    num_examples: size.train,
    seed: spec.seed,
    metric: spec.metric.name,
    ...(spec.pretrained === undefined ? {} : { pretrained: spec.pretrained }),
    output,
    datasets,
  };
  const file = path.join(folder, 'trial.json');
  await writeJson(file, inputs);
  const tested = target.datasets.flatMap(name =>
    (chosen.get(name)?.test ?? []).map(({ labels, texts }) => texts[labels.indexOf(target.name)] ?? ''),
  );
  return { file, examples: size, tested };
}

type ExampleLists = Readonly<Record<SplitName, readonly ExampleName[]>>;

/**
 * The target's labelled examples, by dataset: of the training and the validation split, as many as the size has in all
 * datasets together, in an order that depends on the seed alone.
 */
function forTarget(
  { target, n }: ProgramTrial,
  lists: ReadonlyMap<string, ExampleLists>,
): { readonly size: LabelledExamples; readonly chosen: ReadonlyMap<string, ExampleLists> } {
  const own = target.datasets.filter(name => lists.has(name));
  const labelled = (name: string, split: SplitName): readonly ExampleName[] =>
    (lists.get(name)?.[split] ?? []).filter(({ labels }) => labels.includes(target.name));
  const ordered = (split: SplitName): readonly ExampleName[] =>
    own.flatMap(name => labelled(name, split)).sort((a, b) => a.rank - b.rank);
  const [train, validation] = [ordered('train'), ordered('validation')];
  // Data that is annotated without a path is divided by the program.
  if (train.length === 0) return { size: { train: n, validation: 0 }, chosen: new Map() };
  const size = divideSize(n, { train: train.length, validation: validation.length });
  const used = new Set([...train.slice(0, size.train), ...validation.slice(0, size.validation)]);
  const chosen = own.map(name => {
    const some = (split: SplitName): readonly ExampleName[] =>
      labelled(name, split)
        .filter(each => used.has(each))
        .sort((a, b) => a.rank - b.rank);
    const listed = { train: some('train'), validation: some('validation'), test: labelled(name, 'test') };
    return [name, listed] as const;
  });
  return { size, chosen: new Map(chosen) };
}

function lineOf({ file, row }: ExampleName): string {
  return row === undefined ? `${file}\n` : `${file}\t${row}\n`;
}

/** The same in the environment, for programs that read no JSON. */
export function environmentOf(
  spec: ProgramTrial,
  inputs: WrittenInputs,
  output: string,
): Readonly<Record<string, string>> {
  const { arm, target, seed, metric } = spec;
  return {
    STRATEGY_ADVISOR_TRIAL: inputs.file,
    STRATEGY_ADVISOR_TASK: target.name,
    STRATEGY_ADVISOR_STRATEGY: arm.strategy,
    STRATEGY_ADVISOR_VARIANT: arm.variant ?? '',
    STRATEGY_ADVISOR_SOURCES: arm.from.join(','),
    STRATEGY_ADVISOR_NUM_EXAMPLES: String(inputs.examples.train),
    STRATEGY_ADVISOR_SEED: String(seed),
    STRATEGY_ADVISOR_METRIC: metric.name,
    STRATEGY_ADVISOR_OUTPUT: output,
  };
}
