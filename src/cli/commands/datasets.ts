import * as l10n from '@vscode/l10n';
import { diagnosticOutput } from '../../advisor/output';
import type { DatasetsOutput } from '../../tools/datasets-output';
import { DONE, FAILED, type Command, type Given } from '../command';
import { inspectDataset, type Count, type Inspected } from '../inspect';
import type { Io } from '../io';
import { hintWhereEmpty, load } from '../load';
import { JSON_OPTION } from '../options';
import { datasetLines } from '../render/datasets';
import { isError, printDiagnostics } from '../render/diagnostics';
import { styleOf } from '../terminal/style';
import { workspaceFoldersOf } from '../workspace';

/** The command; `count` reads the data itself. */
export function datasetsCommand({ count }: { readonly count?: Count } = {}): Command {
  return {
    name: 'datasets',
    operands: 'PATH… [--json]',
    summary: () => l10n.t('Compare the stated sizes of the annotated datasets with what there is.'),
    description: () => [
      l10n.t(
        'Lists each annotated dataset with its size as stated and as counted: in all, by split, by label and by class, and says where each number came from. A stated size that is off by more than 5% is a warning; data that is missing or cannot be read is an error.',
      ),
    ],
    options: { json: JSON_OPTION },
    run: (given, io) => runDatasets(given, io, count),
  };
}

async function runDatasets({ paths, switches }: Given, io: Io, count?: Count): Promise<number> {
  const loaded = load(paths, io);
  const { cwd } = io;
  const inspected: Inspected[] = [];
  for (const dataset of loaded.problem.datasets) {
    const workspaceFolders = workspaceFoldersOf(dataset.reference.file, paths, io);
    inspected.push(await inspectDataset(dataset, loaded, { cwd, workspaceFolders, count }));
  }
  const datasets = inspected.map(({ output }) => output);
  const diagnostics = [
    ...loaded.fileDiagnostics,
    ...loaded.annotationDiagnostics.map(diagnosticOutput),
    ...inspected.flatMap(each => each.diagnostics),
  ];
  if (switches.has('json')) {
    const output: DatasetsOutput = { version: 1, datasets };
    io.stdout.write(`${JSON.stringify(output, undefined, 2)}\n`);
    printDiagnostics(diagnostics.filter(isError), io);
  } else {
    if (datasets.length > 0)
      io.stdout.write(`${datasetLines(datasets, styleOf(io.stdout, io.env)).join('\n')}\n`);
    printDiagnostics(diagnostics, io);
  }
  hintWhereEmpty(loaded, io);
  return diagnostics.some(isError) ? FAILED : DONE;
}
