import { errorMessage } from '../common/errors';
import type { FileSystem } from '../data/paths/file-system';
import { type FileUri, isInsideUri, joinUri, parentUri, uriKey } from '../data/paths/file-uri';
import { type ProjectFileFault, projectFileMessage } from '../messages/project-file-messages';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import {
  PACKAGE_FILE_LIMIT,
  PACKAGE_KEY,
  PROJECT_FILE_LIMIT,
  type ProjectSettings,
  readProjectFile,
} from '../protocol/project-file';
import { PACKAGE_FILE, PROJECT_FILE } from '../protocol/settings';

/** The figures that a project sets for itself, and the file that says so. */
export interface ProjectFile {
  readonly uri: FileUri;
  readonly settings: ProjectSettings;
  readonly diagnostics: readonly ProjectFileDiagnostic[];
}

export type ProjectFileDiagnostic = Omit<DiagnosticOutput, 'file'>;

/** The project files of a workspace; each folder is looked at once. */
export interface ProjectFiles {
  /**
   * The nearest project file around a file: in its folder or one above it, up to `top` or the root of the repository,
   * whichever is nearer. Rejects for nothing.
   */
  readonly around: (file: FileUri, top: FileUri) => Promise<ProjectFile | undefined>;
}

export function createProjectFiles(files: FileSystem): ProjectFiles {
  const known = new Map<string, Promise<FolderSettings>>();
  const inFolder = (folder: FileUri): Promise<FolderSettings> => {
    const key = uriKey(folder);
    const found = known.get(key) ?? lookIn(folder, files);
    known.set(key, found);
    return found;
  };
  return {
    async around(file, top) {
      for (let folder = parentUri(file); isInsideUri(top, folder); folder = parentUri(folder)) {
        const { found, isRepository } = await inFolder(folder);
        if (found) return found;
        if (isRepository || folder.path === parentUri(folder).path) return undefined;
      }
      return undefined;
    },
  };
}

interface FolderSettings {
  readonly found?: ProjectFile;
  /** Whether a repository begins here: what lies above is another's. */
  readonly isRepository: boolean;
}

async function lookIn(folder: FileUri, files: FileSystem): Promise<FolderSettings> {
  const [own, inPackage, git] = await Promise.all([
    readOwn(joinUri(folder, PROJECT_FILE), files),
    readPackage(joinUri(folder, PACKAGE_FILE), files),
    files.stat(joinUri(folder, '.git')),
  ]);
  const found = own ?? inPackage;
  return { ...(found ? { found } : {}), isRepository: git !== undefined };
}

async function readOwn(uri: FileUri, files: FileSystem): Promise<ProjectFile | undefined> {
  const status = await files.stat(uri);
  if (!status) return undefined;
  if (status.kind !== 'file') return faulty(uri, { kind: 'not-a-file' });
  if (status.size > PROJECT_FILE_LIMIT)
    return faulty(uri, { kind: 'too-large', expected: String(PROJECT_FILE_LIMIT / 1024) });
  try {
    return read(uri, await files.readFile(uri));
  } catch (error) {
    return faulty(uri, { kind: 'unreadable', value: errorMessage(error) });
  }
}

/** Of a `package.json`, nothing but the key is this program's to complain about. */
async function readPackage(uri: FileUri, files: FileSystem): Promise<ProjectFile | undefined> {
  const status = await files.stat(uri);
  if (status?.kind !== 'file' || status.size > PACKAGE_FILE_LIMIT) return undefined;
  try {
    return read(uri, await files.readFile(uri), PACKAGE_KEY);
  } catch {
    return undefined;
  }
}

function read(uri: FileUri, bytes: Uint8Array, key?: string): ProjectFile | undefined {
  const text = new TextDecoder().decode(bytes);
  const reading = readProjectFile(text, key);
  if (!reading) return undefined;
  const { settings, problems } = reading;
  return { uri, settings, diagnostics: problems.map(each => diagnosticOf(each, positionOf(text, each))) };
}

function faulty(
  uri: FileUri,
  fault: Partial<ProjectFileFault> & Pick<ProjectFileFault, 'kind'>,
): ProjectFile {
  const place = { line: 1, column: 1, endColumn: 1 };
  return {
    uri,
    settings: {},
    diagnostics: [diagnosticOf({ key: '', value: '', expected: '', ...fault }, place)],
  };
}

type Place = Pick<DiagnosticOutput, 'line' | 'column' | 'endColumn'>;

function diagnosticOf(fault: ProjectFileFault, place: Place): ProjectFileDiagnostic {
  return { ...place, severity: 'warning', code: 'bad-project-file', message: projectFileMessage(fault) };
}

/** Lines and columns from 1; what goes over several lines is marked at its first. */
function positionOf(text: string, { start, end }: { readonly start: number; readonly end: number }): Place {
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  const column = start - (before.lastIndexOf('\n') + 1) + 1;
  const [first = ''] = text.slice(start, end).split('\n');
  return { line, column, endColumn: column + first.length };
}
