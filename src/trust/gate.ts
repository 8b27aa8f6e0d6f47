import path from 'node:path';
import { shortened, visibleLine } from '../common/visible-text';
import {
  checkpointLine,
  codeChanged,
  codeWouldRun,
  filesLine,
  folderLine,
  foreignRunLine,
  moduleLine,
  moreFiles,
  notComparedLine,
  ownProgramLine,
  programLine,
  readsLine,
  repositoryLine,
  slurmLine,
} from '../messages/consent-messages';
import { liesIn } from './allowed-folders';
import { type CodeReference, type CodeToRun, distinctCode, inspectCode } from './code-to-run';
import { type Runnable, isConsented, rememberConsent } from './consents';
import { isTrustError, trustError } from './trust-errors';

/** All that a user agrees to at once. Everything that runs code of a repository asks here first. */
export interface ConsentQuestion {
  readonly task: string;
  readonly code: readonly CodeToRun[];
  /** A run that this user has not started, or that has changed since: its id is its command. */
  readonly run?: Runnable;
  /** The data outside its workspace that such a run reads; absolute. */
  readonly reads?: readonly string[];
  /** The options of `sbatch`, where Slurm is to run it and the user has not just typed them. */
  readonly slurm?: Runnable;
}

/** Hashes of what is allowed to run: they go with a run to the processes that run its code. */
export type Allowed = readonly string[];

/** Inspects code that is named; a checkpoint without code beside it is none. Starts nothing. */
export async function inspectAll(references: readonly CodeReference[]): Promise<readonly CodeToRun[]> {
  const found = await Promise.all(distinctCode(references).map(inspectCode));
  return found.filter(({ kind, files }) => kind !== 'checkpoint' || files.length > 0);
}

/** What of a question is not allowed yet; `undefined` where all of it is. */
export function openPart(question: ConsentQuestion): ConsentQuestion | undefined {
  const { task, run, reads, slurm } = question;
  const code = question.code.filter(each => !isConsented(each));
  const rest = {
    ...(run && !isConsented(run) ? { run, ...(reads ? { reads } : {}) } : {}),
    ...(slurm && !isConsented(slurm) ? { slurm } : {}),
  };
  return code.length === 0 && Object.keys(rest).length === 0 ? undefined : { task, code, ...rest };
}

/** The parts of a question. */
export function runnablesOf({ code, run, slurm }: ConsentQuestion): readonly Runnable[] {
  return [...code, ...(run ? [run] : []), ...(slurm ? [slurm] : [])];
}

/** What goes with the run where all of a question is allowed. */
export function allowedBy(question: ConsentQuestion): Allowed {
  return runnablesOf(question).map(({ hash }) => hash);
}

/**
 * Asks for what is not allowed yet, and remembers a yes until something of it changes.
 *
 * @param ask gets what is open; resolves to whether the user agrees
 * @param warn told where the answer could not be kept; it counts all the same
 * @returns what is allowed, or `undefined` where the user does not agree
 */
export async function obtainConsent(
  question: ConsentQuestion,
  ask: (open: ConsentQuestion) => Promise<boolean>,
  warn: (message: string) => void,
): Promise<Allowed | undefined> {
  const open = openPart(question);
  if (!open) return allowedBy(question);
  if (!(await ask(open))) return undefined;
  try {
    await rememberConsent(runnablesOf(open), new Date());
  } catch (error) {
    if (!isTrustError(error)) throw error;
    warn(error.message);
  }
  return allowedBy(question);
}

/**
 * The last look before code runs, in the process that runs it: the command and its files are still what was allowed.
 *
 * @throws TrustError `changed`
 */
export async function assertAllowed(references: readonly CodeReference[], allowed: Allowed): Promise<void> {
  for (const { hash, command, folder } of await inspectAll(references))
    if (!allowed.includes(hash))
      throw trustError(
        'changed',
        codeChanged({ command: visibleLine(command), folder: visibleLine(folder) }),
      );
}

const MOST_FILES = 8;
/** Digits of a hash that are shown: enough to compare two by eye. */
const DIGITS = 12;

/** The question in lines of plain text: what names in it hold is written out, so that none can forge another line. */
export function questionLines(question: ConsentQuestion): readonly string[] {
  const { task, code, run, reads = [], slurm } = question;
  return [
    codeWouldRun(visibleLine(task)),
    ...code.flatMap(codeLines),
    ...(run ? [foreignRunLine({ run: visibleLine(run.command), folder: visibleLine(run.folder) })] : []),
    ...(run && reads.length > 0 ? [`  ${readsLine(readsText(reads))}`] : []),
    ...(slurm ? [slurmLine(visibleLine(slurm.command))] : []),
  ];
}

const TITLES = { program: programLine, module: moduleLine, checkpoint: checkpointLine } as const;

function codeLines({
  kind,
  command,
  folder,
  files,
  namedFiles,
  repository,
  isOwnProgram,
  packages,
}: CodeToRun): string[] {
  const { root, origin } = repository;
  const shown = files
    .slice(0, Math.min(MOST_FILES, Math.max(1, namedFiles)))
    .map(file => `${visibleLine(nameIn(folder, file.path))} ${file.hash.slice(0, DIGITS)}`);
  const rest = files.length - shown.length;
  return [
    TITLES[kind](visibleLine(command)),
    `  ${folderLine(visibleLine(folder))}`,
    ...(origin === undefined
      ? []
      : [`  ${repositoryLine({ root: visibleLine(root), origin: visibleLine(shortened(origin, 200)) })}`]),
    ...(files.length === 0
      ? []
      : [`  ${filesLine([...shown, ...(rest > 0 ? [moreFiles(rest)] : [])].join(', '))}`]),
    ...(isOwnProgram ? [`  ${ownProgramLine()}`] : []),
    ...(packages.length > 0
      ? [`  ${notComparedLine(packages.map(place => visibleLine(nameIn(root, place))).join(', '))}`]
      : []),
  ];
}

function readsText(reads: readonly string[]): string {
  const shown = reads.slice(0, MOST_FILES).map(visibleLine);
  const rest = reads.length - shown.length;
  return [...shown, ...(rest > 0 ? [moreFiles(rest)] : [])].join(', ');
}

function nameIn(folder: string, file: string): string {
  return liesIn(folder, file) ? path.relative(folder, file) : file;
}

/** What is asked for, in a few words. */
export function summaryOf(question: ConsentQuestion): string {
  return runnablesOf(question)
    .map(({ command, folder }) => `${visibleLine(command)} (${visibleLine(folder)})`)
    .join('; ');
}
