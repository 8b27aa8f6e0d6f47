import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { type FileIssue, fileIssueMessage } from '../messages/file-issues';
import type { DiagnosticOutput } from '../protocol/advise-output';
import { problemOf } from '../workspace/annotated-files';
import { type Scan, scan as scanAll, scanSync } from '../workspace/annotation-scan';
import { isError } from './diagnostic-lines';
import { type Io, displayPath } from './terminal';

/** The problem that the annotations of some files and folders make, and all that is wrong with it. */
export interface LoadedProblem {
  readonly scan: Scan;
  readonly problem: Problem;
  readonly annotationDiagnostics: readonly FileDiagnostic[];
  readonly fileDiagnostics: readonly DiagnosticOutput[];
}

/** Reads files and folders as one problem. Files are called by their paths relative to the current folder. */
export function loadProblem(paths: readonly string[], io: Pick<Io, 'cwd'>): LoadedProblem {
  return toLoadedProblem(scanSync(paths.map(each => path.resolve(io.cwd, each))), io);
}

/** As {@link loadProblem}, without keeping the thread; rejects with an `AbortError` once `signal` is aborted. */
export async function loadProblemAsync(
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
  signal: AbortSignal,
): Promise<LoadedProblem> {
  return toLoadedProblem(
    await scanAll(
      paths.map(each => path.resolve(io.cwd, each)),
      { signal },
    ),
    io,
  );
}

function toLoadedProblem(scan: Scan, io: Pick<Io, 'cwd'>): LoadedProblem {
  const { problem, diagnostics } = problemOf(scan.files, file => displayPath(file, io));
  return {
    scan,
    problem,
    annotationDiagnostics: diagnostics,
    fileDiagnostics: scan.issues.map(issue => issueOutput(issue, io)),
  };
}

/** What concerns a whole file is reported at its beginning. */
function issueOutput(issue: FileIssue, io: Pick<Io, 'cwd'>): DiagnosticOutput {
  return {
    file: displayPath(issue.path, io),
    line: 1,
    column: 1,
    endColumn: 1,
    severity: issue.severity,
    code: issue.code,
    message: fileIssueMessage(issue),
  };
}

/** Says what to write where nothing was found: an empty answer alone would be a riddle. */
export function hintWhereEmpty({ scan, fileDiagnostics }: LoadedProblem, io: Io): void {
  if (scan.files.length > 0 || fileDiagnostics.some(isError)) return;
  const example = '# @dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k';
  io.stderr.write(
    `${l10n.t('No annotations found (source files read: {0}). Add one in a comment, for example:', scan.opened)}\n  ${example}\n`,
  );
}
