import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { isInside } from '../data/paths/file-access';
import { fileUri, localPath, nodeFileSystem } from '../data/paths/node-file-system';
import type { Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { type FileIssue, fileIssueMessage } from '../messages/file-issues';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import type { ProjectSettings } from '../protocol/project-file';
import { problemOf } from '../workspace/annotated-files';
import { type Scan, scan as scanAll, scanSync } from '../workspace/annotation-scan';
import { type UnsafeFolder, unsafeFolder, unsafeFolderText } from '../trust/safe-folder';
import { type ProjectFile, createProjectFiles } from '../workspace/project-settings';
import { isError } from './diagnostic-lines';
import { type Io, displayPath } from './terminal';
import { foldersUpToOwnRepository } from './own-repository';

/** The problem that the annotations of some files and folders make, and all that is wrong with it. */
export interface LoadedProblem {
  readonly scan: Scan;
  readonly problem: Problem;
  readonly annotationDiagnostics: readonly FileDiagnostic[];
  /** What is wrong with source files and project files. */
  readonly fileDiagnostics: readonly DiagnosticOutput[];
  /** What the project of an annotated file decides, by the file's name; `undefined` where none does. */
  readonly settingsOf: (file: string) => ProjectSettings | undefined;
}

/** Reads files and folders as one problem. Files are called by their paths relative to the current folder. */
export async function loadProblem(paths: readonly string[], io: Pick<Io, 'cwd'>): Promise<LoadedProblem> {
  return toLoadedProblem(scanSync(paths.map(each => path.resolve(io.cwd, each))), paths, io);
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
    paths,
    io,
  );
}

async function toLoadedProblem(
  scan: Scan,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<LoadedProblem> {
  const { projects, unsafe } = await projectsOf(scan, paths, io);
  const { problem, diagnostics } = problemOf(scan.files, file => displayPath(file, io));
  return {
    scan,
    problem,
    annotationDiagnostics: diagnostics,
    fileDiagnostics: [
      ...scan.issues.map(issue => issueOutput(issue, io)),
      ...[...new Set(projects.values())].flatMap(project => projectDiagnostics(project, io)),
      ...unsafe,
    ],
    settingsOf: file => projects.get(file)?.settings,
  };
}

interface Projects {
  /** By the names of the annotated files. */
  readonly projects: ReadonlyMap<string, ProjectFile>;
  /** What is said of project files that others could have put there: they do not count. */
  readonly unsafe: readonly DiagnosticOutput[];
}

/** The project files around annotated files. Above what was named, only those of the user's own count. */
async function projectsOf(scan: Scan, paths: readonly string[], io: Pick<Io, 'cwd'>): Promise<Projects> {
  const files = createProjectFiles(nodeFileSystem);
  const projects = new Map<string, ProjectFile>();
  const unsafe = new Map<string, DiagnosticOutput>();
  const named = paths.map(each => path.resolve(io.cwd, each));
  for (const each of scan.files) {
    const project = await files.around(fileUri(each.path), fileUri(projectTop(each.path, paths, io)));
    if (!project) continue;
    const file = localPath(project.uri);
    const isNamed = named.some(folder => isInside(folder, file));
    const fault = isNamed ? undefined : unsafeFolder(path.dirname(file), [path.basename(file)]);
    if (fault) unsafe.set(file, unsafeDiagnostic(file, fault, io));
    else projects.set(displayPath(each.path, io), project);
  }
  return { projects, unsafe: [...unsafe.values()] };
}

function unsafeDiagnostic(file: string, fault: UnsafeFolder, io: Pick<Io, 'cwd'>): DiagnosticOutput {
  return {
    file: displayPath(file, io),
    ...{ line: 1, column: 1, endColumn: 1, severity: 'warning', code: 'unsafe-folder' },
    message: unsafeFolderText(fault),
  };
}

/** Project files are looked for up to here: the root of the repository, else the outermost folder that was named. */
function projectTop(file: string, paths: readonly string[], io: Pick<Io, 'cwd'>): string {
  const root = foldersUpToOwnRepository(path.dirname(file)).at(-1);
  if (root !== undefined) return root;
  const named = [io.cwd, ...paths.map(each => path.resolve(io.cwd, each))];
  const around = named.filter(folder => folder !== file && isInside(folder, file));
  return around.sort((a, b) => a.length - b.length)[0] ?? path.dirname(file);
}

function projectDiagnostics({ uri, diagnostics }: ProjectFile, io: Pick<Io, 'cwd'>): DiagnosticOutput[] {
  const file = displayPath(localPath(uri), io);
  return diagnostics.map(diagnostic => ({ ...diagnostic, file }));
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

/** Suggests an annotation where none was found: an empty answer alone explains nothing. */
export function hintWhereEmpty({ scan, fileDiagnostics }: LoadedProblem, io: Io): void {
  if (scan.files.length > 0 || fileDiagnostics.some(isError)) return;
  const example = '# @dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k';
  io.stderr.line(
    l10n.t('No annotations found (source files read: {0}). Add one in a comment, for example:', scan.opened),
  );
  io.stderr.line(`  ${example}`);
}
