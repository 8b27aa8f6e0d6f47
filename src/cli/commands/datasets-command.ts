import * as l10n from '@vscode/l10n';
import { diagnosticOutput } from '../../protocol/advise-output';
import type { DatasetsOutput } from '../../protocol/datasets-output';
import { type Command, DATA_OPTIONS, DONE, FAILED, JSON_OPTION, type ParsedArguments } from '../command-line';
import { isError, printDiagnostics } from '../diagnostic-lines';
import { type CountData, inspectDatasets } from '../inspect-dataset';
import { hintWhereEmpty, loadProblem } from '../load-problem';
import { datasetLines } from '../render/dataset-table';
import { TOLERANCE_OPTION, positiveOption } from '../run-options';
import { type Io, styleOf } from '../terminal';

/** The command; `count` reads the data itself. */
export function datasetsCommand({ count }: { readonly count?: CountData } = {}): Command {
  return {
    name: 'datasets',
    operands: 'PATH… [--tolerance 0.05] [--json]',
    summary: () => l10n.t('Compare the stated sizes of annotated datasets with the actual data.'),
    description: () => [
      l10n.t(
        'Lists the stated and counted sizes of each annotated dataset: in total, by split, by label and by class, with the origin of each number. A stated size that is off by more than 5% is a warning. Missing or unreadable data is an error.',
      ),
    ],
    options: {
      tolerance: TOLERANCE_OPTION,
      json: JSON_OPTION,
      ...DATA_OPTIONS,
    },
    run: (given, io) => runDatasets(given, io, count),
  };
}

async function runDatasets(given: ParsedArguments, io: Io, count?: CountData): Promise<number> {
  const { paths, switches } = given;
  const tolerance = positiveOption(given, 'tolerance');
  const loaded = await loadProblem(paths, io);
  const inspected = await inspectDatasets(loaded, paths, io, { tolerance, count });
  const datasets = inspected.map(({ output }) => output);
  const diagnostics = [
    ...loaded.fileDiagnostics,
    ...loaded.annotationDiagnostics.map(diagnosticOutput),
    ...inspected.flatMap(each => each.diagnostics),
  ];
  if (switches.has('json')) {
    const output: DatasetsOutput = { version: 1, datasets };
    io.stdout.json(output);
    printDiagnostics(diagnostics.filter(isError), io);
  } else {
    if (datasets.length > 0) io.stdout.lines(datasetLines(datasets, styleOf(io.stdout, io.env)));
    printDiagnostics(diagnostics, io);
  }
  hintWhereEmpty(loaded, io);
  return diagnostics.some(isError) ? FAILED : DONE;
}
