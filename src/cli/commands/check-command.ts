import * as l10n from '@vscode/l10n';
import { type AdviceShift, compareAdvice } from '../../advisor/advice-comparison';
import { advise } from '../../advisor/advisor';
import { adviceShiftText } from '../../messages/check-messages';
import { diagnosticAt, diagnosticOutput } from '../../protocol/advise-output';
import type { DiagnosticOutput } from '../../protocol/advise-schema';
import { type CheckOutput, isFinding } from '../../protocol/check-output';
import { problemOf } from '../../workspace/annotated-files';
import { type AnnotatedCommit, annotationsAtCommit } from '../annotations-at-commit';
import { githubAnnotations } from '../check-formats/github-annotations';
import { junitReport } from '../check-formats/junit';
import { sarifLog } from '../check-formats/sarif';
import { type Command, DATA_OPTIONS, DONE, FAILED, type ParsedArguments } from '../command-line';
import { diagnosticLine, isError } from '../diagnostic-lines';
import { packageVersion } from '../display-language';
import { type CountData, inspectDatasets } from '../inspect-dataset';
import { type LoadedProblem, hintWhereEmpty, loadProblem } from '../load-problem';
import { TOLERANCE_OPTION, positiveOption } from '../run-options';
import { type Io, displayPath, styleOf } from '../terminal';
import { unlikeTables } from '../unlike-tables';

const FORMATS = ['text', 'json', 'github', 'sarif', 'junit'] as const;

/** The command; `count` reads the data itself. */
export function checkCommand({ count }: { readonly count?: CountData } = {}): Command {
  return {
    name: 'check',
    operands: 'PATH… [--base COMMIT] [--format github|sarif|junit|json] [--errors-only]',
    summary: () => l10n.t('Check annotations and data, for example in a pipeline or before a commit.'),
    description: () => [
      l10n.t(
        'Reports annotations that do not resolve, stated sizes that the data no longer has, data that is missing or unreadable, examples that several splits share, and columns that give the label away.',
      ),
      l10n.t(
        'With --base, it also reports each target whose recommended strategy differs from that of an earlier commit, and what changed. Both are recommended by the annotations alone, without pilot results.',
      ),
      l10n.t('Exit status: 0 no findings, 1 errors or warnings found, 2 incorrect usage.'),
    ],
    options: {
      base: {
        type: 'string',
        value: 'COMMIT',
        summary: () => l10n.t('Commit, branch or tag to compare the advice with.'),
      },
      format: {
        type: 'string',
        choices: FORMATS,
        summary: () => l10n.t('How to print what was found: as text by default.'),
      },
      'errors-only': {
        type: 'boolean',
        summary: () => l10n.t('Exit with status 0 where there are only warnings.'),
      },
      tolerance: TOLERANCE_OPTION,
      ...DATA_OPTIONS,
    },
    run: (given, io) => runCheck(given, io, count),
  };
}

async function runCheck(given: ParsedArguments, io: Io, count?: CountData): Promise<number> {
  const { paths, switches, values } = given;
  const tolerance = positiveOption(given, 'tolerance');
  const revision = values.get('base');
  const base = revision === undefined ? undefined : await annotationsAtCommit(revision, paths, io);
  const loaded = await loadProblem(paths, io);
  const { problem } = loaded;
  const shifts = base ? shiftsSince(base, loaded, io) : [];
  const diagnostics = [
    ...loaded.fileDiagnostics,
    ...loaded.annotationDiagnostics.map(diagnosticOutput),
    ...(await inspectDatasets(loaded, paths, io, { tolerance, count })).flatMap(each => each.diagnostics),
    ...(await unlikeTables(problem, advise(problem), paths, io)),
    ...shifts.map(shift => shiftDiagnostic(shift, revision ?? '')),
  ].sort(byPlace);
  print(
    { diagnostics, shifts, base: base && { revision: revision ?? '', commit: base.hash } },
    given,
    loaded,
    io,
  );
  const counts = switches.has('errors-only') ? isError : isFinding;
  return diagnostics.some(counts) ? FAILED : DONE;
}

function shiftsSince(base: AnnotatedCommit, { problem }: LoadedProblem, io: Io): AdviceShift[] {
  const before = problemOf(base.files, file => displayPath(file, io));
  return compareAdvice(before.problem, problem);
}

function shiftDiagnostic(shift: AdviceShift, revision: string): DiagnosticOutput {
  return diagnosticAt(shift.reference, {
    severity: 'warning',
    code: 'advice-changed',
    message: adviceShiftText(shift, revision),
  });
}

interface Found {
  readonly diagnostics: readonly DiagnosticOutput[];
  readonly shifts: readonly AdviceShift[];
  readonly base: CheckOutput['base'] | undefined;
}

function print(
  { diagnostics, shifts, base }: Found,
  given: ParsedArguments,
  loaded: LoadedProblem,
  io: Io,
): void {
  switch (given.values.get('format')) {
    case 'json': {
      const changes = shifts.map(({ reference: _reference, changes: _changes, ...shift }) => shift);
      const output: CheckOutput = { version: 1, ...(base ? { base } : {}), changes, diagnostics };
      io.stdout.json(output);
      return;
    }
    case 'sarif':
      io.stdout.json(sarifLog(diagnostics, packageVersion()));
      return;
    case 'github':
      io.stdout.lines(githubAnnotations(diagnostics));
      return;
    case 'junit':
      io.stdout.lines(
        junitReport(
          loaded.scan.files.map(each => displayPath(each.path, io)),
          diagnostics,
        ),
      );
      return;
    default:
      printText(diagnostics, loaded, io);
  }
}

function printText(diagnostics: readonly DiagnosticOutput[], loaded: LoadedProblem, io: Io): void {
  const { colors } = styleOf(io.stdout, io.env);
  for (const diagnostic of diagnostics) io.stdout.line(diagnosticLine(diagnostic, colors));
  hintWhereEmpty(loaded, io);
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.filter(isFinding).length - errors;
  io.stdout.line(
    l10n.t(
      'Checked {0} datasets and {1} tasks in {2} files: {3} errors, {4} warnings.',
      loaded.problem.datasets.length,
      loaded.problem.tasks.length,
      loaded.scan.files.length,
      errors,
      warnings,
    ),
  );
}

function byPlace(one: DiagnosticOutput, other: DiagnosticOutput): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
