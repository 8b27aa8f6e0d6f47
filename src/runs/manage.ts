import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { RunError, writeError } from './errors';
import { readText, writeJson } from './store/files';
import { isHeld } from './store/lock';
import { homeOf, RUN, runsFolder, workspaceOf } from './store/paths';
import { readManifest } from './store/read';
import { listRuns, summaryOf, type RunSummary } from './store/list';

/** Names a run, or takes its name away. */
export async function renameRun(folder: string, name: string | undefined): Promise<void> {
  await changeManifest(folder, { name: name === '' ? undefined : name });
}

export async function noteRun(folder: string, notes: string | undefined): Promise<void> {
  await changeManifest(folder, { notes: notes === '' ? undefined : notes });
}

async function changeManifest(
  folder: string,
  change: { readonly name?: string | undefined } | { readonly notes?: string | undefined },
): Promise<void> {
  const manifest = await readManifest(folder);
  await writeJson(path.join(folder, RUN.manifest), { ...manifest, ...change });
}

/** Where deleted runs wait to be brought back. */
const trashOf = (workspace: string): string => path.join(homeOf(workspace), 'trash');

/**
 * Deletes a run: it goes to a folder beside the runs, and what was deleted before it goes for good.
 *
 * @returns the path from which {@link restoreRun} brings it back
 * @throws RunError `locked` while it runs
 */
export async function deleteRun(folder: string): Promise<string> {
  if (await isHeld(folder))
    throw new RunError('locked', l10n.t('{0} is running. Stop it first.', path.basename(folder)));
  const trash = trashOf(workspaceOf(folder));
  await rm(trash, { recursive: true, force: true });
  const to = path.join(trash, path.basename(folder));
  try {
    await mkdir(trash, { recursive: true });
    await rename(folder, to);
  } catch (error) {
    throw writeError(error, folder);
  }
  return to;
}

/** Brings a deleted run back, and gives its folder. */
export async function restoreRun(deleted: string): Promise<string> {
  const workspace = path.resolve(deleted, '..', '..', '..');
  const to = path.join(runsFolder(workspace), path.basename(deleted));
  try {
    await rename(deleted, to);
  } catch (error) {
    throw writeError(error, deleted);
  }
  return to;
}

/**
 * The run that a user means: a path, an id, the beginning of one, a name, or nothing for the latest.
 *
 * @param workspaces folders whose runs are looked through
 * @throws RunError `not-found` where there is none, or several are meant
 */
export async function findRun(
  workspaces: readonly string[],
  asked: string | undefined,
  cwd: string,
): Promise<RunSummary> {
  const direct = asked === undefined ? undefined : path.resolve(cwd, asked);
  if (direct !== undefined && (await readText(path.join(direct, RUN.manifest))) !== undefined)
    return summaryOf(direct);
  const runs = (await Promise.all(workspaces.map(workspace => listRuns(workspace)))).flatMap(
    list => list.runs,
  );
  const latest = [...runs].sort((a, b) => (a.started < b.started ? 1 : -1));
  if (asked === undefined) {
    const [first] = latest;
    if (first) return first;
    throw new RunError('not-found', l10n.t('There are no runs yet. `strategy-advisor pilot` starts one.'));
  }
  const exact = latest.filter(run => run.id === asked || run.name === asked);
  const found = exact.length > 0 ? exact : latest.filter(run => run.id.includes(asked));
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new RunError(
    'not-found',
    found.length === 0
      ? l10n.t('There is no run "{0}".', asked)
      : l10n.t('"{0}" may be any of {1}.', asked, found.map(({ id }) => id).join(', ')),
  );
}
