import * as l10n from '@vscode/l10n';
import { advise } from '../../advisor/advisor';
import { adviseOutput, diagnosticOutput } from '../../protocol/advise-output';
import { publishedOutput } from '../../protocol/published-output';
import { type Command, DATA_OPTIONS, DONE, FAILED, JSON_OPTION, type ParsedArguments } from '../command-line';
import { isError, printDiagnostics } from '../diagnostic-lines';
import { countCheckpoints } from '../count-checkpoints';
import { unknownCheckpoints } from '../unknown-checkpoints';
import { hintWhereEmpty, loadProblem } from '../load-problem';
import { adviceLines } from '../render/advice-table';
import { loadPublishedResults } from '../published-results';
import { type Io, styleOf } from '../terminal';
import { unlikeTables } from '../unlike-tables';
import { pilotResults } from '../workspace-folders';

export const adviseCommand: Command = {
  name: 'advise',
  operands: 'PATH… [--json]',
  summary: () => l10n.t('Recommend training strategies from the annotations in files or folders.'),
  description: () => [
    l10n.t(
      'Reads the @dataset, @task and @pipeline annotations in the given files and folders together. For each target, it shows the recommended strategy and the reasons.',
    ),
    l10n.t(
      'Conditions are marked {0} met, {1} unmet, {2} assumed or {3} unknown. Problems in the annotations are printed to standard error.',
      '✓',
      '✗',
      '~',
      '?',
    ),
    l10n.t(
      'If a pilot has compared strategies for a target (see `pilot`), its measurements take precedence over the rules.',
    ),
  ],
  options: {
    json: JSON_OPTION,
    rules: {
      type: 'boolean',
      summary: () => l10n.t('Use the rules only and ignore pilot results.'),
    },
    ...DATA_OPTIONS,
  },
  run: runAdvise,
};

async function runAdvise({ paths, switches }: ParsedArguments, io: Io): Promise<number> {
  const loaded = await loadProblem(paths, io);
  const { annotationDiagnostics, fileDiagnostics } = loaded;
  const problem = await countCheckpoints(loaded.problem);
  const pilots = switches.has('rules') ? [] : await pilotResults(paths, problem, io);
  const options = { pilots };
  const published = await loadPublishedResults();
  const advice = advise(problem, options);
  const diagnostics = [
    ...fileDiagnostics,
    ...annotationDiagnostics.map(diagnosticOutput),
    ...(await unknownCheckpoints(loaded.problem, paths, io)),
    ...(await unlikeTables(problem, advice, paths, io)),
  ];
  const failed = diagnostics.some(isError);
  if (switches.has('json')) {
    const output = adviseOutput(problem, advice, annotationDiagnostics, {
      ...options,
      published: publishedOutput(published),
    });
    io.stdout.json({ ...output, diagnostics });
    printDiagnostics(diagnostics.filter(isError), io);
  } else {
    if (advice.length > 0)
      io.stdout.lines(adviceLines(problem, advice, { ...options, published }, styleOf(io.stdout, io.env)));
    printDiagnostics(diagnostics, io);
  }
  hintWhereEmpty(loaded, io);
  return failed ? FAILED : DONE;
}
