import { type Stats, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { errorCode, errorMessage } from '../common/errors';
import { throwIfAborted } from '../common/abort';
import type { FileIssue, FileProblem } from '../messages/file-issues';
import { type AnnotatedFile, annotateText } from './annotated-files';
import { type Read, type ReadOptions, type Reader, createReader } from './file-reader';
import { type FileKind, type FileKindOf, createFileKindOf, isDataFile } from './file-selection';
import { type CandidateFile, type IsExcluded, walk } from './folder-walk';
import { isIgnored } from './gitignore';
import { type FileStamp, type ScanCache, isReliable, isUnchanged } from './scan-cache';

/** What was found in files and folders. Paths are absolute; the order is that of the paths. */
export interface Scan {
  readonly files: readonly AnnotatedFile[];
  readonly issues: readonly FileIssue[];
  /** How many files were opened. */
  readonly opened: number;
}

interface Found {
  readonly files: Map<string, AnnotatedFile>;
  readonly issues: Map<string, FileIssue>;
  /** One file counts once, by whichever names it was reached. */
  readonly identify: (file: string) => string;
  opened: number;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** What is known already, of the files of folders; those are then asked for their stamps first. */
  readonly known?: ScanCache;
  /** Excluded below folders, in addition to the defaults and `.gitignore`; by absolute path. */
  readonly isLeftOut?: IsExcluded;
}

interface Tools {
  readonly read: Reader;
  readonly kindOf: FileKindOf;
  readonly known: ScanCache | undefined;
  readonly isLeftOut: IsExcluded;
}

/** In bytes. Source files are kilobytes; larger ones are generated. */
const LARGEST_FILE = 10_000_000;
/** Notebooks contain their images. */
const LARGEST_NOTEBOOK = 100_000_000;
const SOURCE: ReadOptions = { limit: LARGEST_FILE };
const NOTEBOOK: ReadOptions = { limit: LARGEST_NOTEBOOK };
/** A file without an ending is source where its first line names an interpreter. */
const SCRIPT: ReadOptions = { limit: LARGEST_FILE, accepts: beginning => beginning.startsWith('#!') };

/** How long an asynchronous scan runs before it yields to the event loop, in milliseconds: half a frame. */
const SLICE = 8;

/** Reads the annotations of files and of the source files in folders, without a pause. */
export function scanSync(paths: readonly string[]): Scan {
  const steps = scanSteps(paths);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * As {@link scanSync}, but yields to the event loop every few milliseconds. Rejects with an `AbortError` once
 * `signal` is aborted.
 */
export async function scan(
  paths: readonly string[],
  { signal, ...options }: ScanOptions = {},
): Promise<Scan> {
  const steps = scanSteps(paths, options);
  for (let end = performance.now() + SLICE; ;) {
    throwIfAborted(signal);
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await setImmediate();
    end = performance.now() + SLICE;
  }
}

/** Reads one file as the scan of a folder would, without asking whether that would visit it. */
export function scanFile(file: string): AnnotatedFile | FileIssue | undefined {
  const { files, issues } = scanSync([file]);
  return files[0] ?? issues[0];
}

/** One scan, a file at a time: every step is short, whoever drives it decides when to pause. */
function* scanSteps(
  paths: readonly string[],
  { known, isLeftOut = () => false }: ScanOptions = {},
): Generator<void, Scan, void> {
  const found: Found = {
    files: new Map(),
    issues: new Map(),
    identify: paths.length > 1 ? realPath : file => file,
    opened: 0,
  };
  const tools: Tools = { read: createReader(), kindOf: createFileKindOf(), known, isLeftOut };
  for (const named of paths) {
    const absolute = path.resolve(named);
    const kind = kindOfPath(absolute);
    if (kind === 'folder') yield* scanFolder(absolute, tools, found);
    else if (kind === 'file') scanNamedFile(absolute, tools, found);
    else report(found, { path: absolute, severity: 'error', ...kind });
    yield;
  }
  return {
    files: [...found.files.values()].sort(byPath),
    issues: [...found.issues.values()].sort(byPath),
    opened: found.opened,
  };
}

function kindOfPath(file: string): 'folder' | 'file' | FileProblem {
  let stats: Stats;
  try {
    stats = statSync(file);
  } catch (error) {
    const reason = errorCode(error) ?? errorMessage(error);
    const missing = reason === 'ENOENT' || reason === 'ENOTDIR';
    return missing ? { code: 'no-such-path' } : { code: 'unreadable-file', reason };
  }
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : { code: 'not-a-file' };
}

function* scanFolder(root: string, tools: Tools, found: Found): Generator<void, void, void> {
  for (const step of walk(root, tools.kindOf, tools.isLeftOut)) {
    if (step?.kind === 'unreadable') {
      const severity = step.path === root ? 'error' : 'warning';
      report(found, { path: step.path, code: 'unreadable-folder', severity, reason: step.reason });
    } else if (step) scanCandidate(step, tools, found);
    yield;
  }
}

function scanCandidate(
  { path: file, kind, rules }: CandidateFile,
  { read, known, isLeftOut }: Tools,
  found: Found,
): void {
  const leavesOut = (): boolean => isLeftOut(file, false) || isIgnored(rules, file, false);
  const stamp = known && stampOf(file);
  const before = known?.get(file);
  if (stamp && before && isUnchanged(before, stamp)) {
    known.note(file, before);
    if (before.annotated && !leavesOut())
      found.files.set(found.identify(file), { path: file, ...before.annotated });
    return;
  }
  found.opened++;
  const result = read(file, kind === 'notebook' ? NOTEBOOK : kind === 'script' ? SCRIPT : SOURCE);
  // Of a file that is left out or damaged nothing is noted: what it says may count another time.
  const note = (annotated?: AnnotatedFile): void => {
    if (!stamp || !isReliable(stamp, Date.now())) return;
    known.note(file, annotated ? { ...stamp, annotated: withoutPath(annotated) } : stamp);
  };
  if (result.kind === 'text') {
    if (leavesOut()) return;
    const kept = keep(found, file, result.text, kind, 'warning');
    if (kept !== 'damaged') note(kept);
  } else if (result.kind !== 'unreadable') note();
  else if (!leavesOut())
    report(found, { path: file, code: 'unreadable-file', severity: 'warning', reason: result.reason });
}

/** Taken before the file is read: a change in between shows the next time. */
function stampOf(file: string): FileStamp | undefined {
  try {
    const { size, mtimeMs, ctimeMs } = statSync(file);
    return { size, changed: Math.max(mtimeMs, ctimeMs) };
  } catch {
    return undefined;
  }
}

function withoutPath({ annotations, diagnostics }: AnnotatedFile): Omit<AnnotatedFile, 'path'> {
  return { annotations, diagnostics };
}

/** Scans a file that was named explicitly: every reason not to read it is reported. */
function scanNamedFile(file: string, { read, kindOf }: Tools, found: Found): void {
  const name = path.basename(file);
  const kind = kindOf(name);
  if (kind === undefined && isDataFile(name)) {
    report(found, { path: file, code: 'data-file', severity: 'information' });
    return;
  }
  found.opened++;
  const options = kind === 'notebook' ? NOTEBOOK : SOURCE;
  const result = read(file, options);
  if (result.kind === 'text') keep(found, file, result.text, kind, 'error');
  else if (result.kind !== 'no-directive') report(found, { path: file, ...refusal(result, options.limit) });
}

function refusal(
  result: Exclude<Read, { kind: 'text' | 'no-directive' }>,
  limit: number,
): FileProblem & Pick<FileIssue, 'severity'> {
  switch (result.kind) {
    case 'binary':
      return { code: 'binary-file', severity: 'information' };
    case 'too-large':
      return { code: 'file-too-large', severity: 'information', megabytes: limit / 1e6 };
    case 'unreadable':
      return { code: 'unreadable-file', severity: 'error', reason: result.reason };
  }
}

function keep(
  found: Found,
  file: string,
  text: string,
  kind: FileKind | undefined,
  severity: 'error' | 'warning',
): AnnotatedFile | 'damaged' | undefined {
  const { annotated, problem } = annotateText(file, text, kind === 'notebook');
  if (problem !== undefined) report(found, { path: file, code: 'bad-notebook', severity, problem });
  const isAnnotated = annotated.annotations.length > 0 || annotated.diagnostics.length > 0;
  if (isAnnotated) found.files.set(found.identify(file), annotated);
  if (problem !== undefined) return 'damaged';
  return isAnnotated ? annotated : undefined;
}

function report(found: Found, issue: FileIssue): void {
  const key = found.identify(issue.path);
  if (found.issues.get(key)?.severity !== 'error') found.issues.set(key, issue);
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
