import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { QueueState, RunKind, RunStateName } from '../types';
import { messageOf } from '../errors';
import { readManifest, readReport, readState } from './read';
import { runsFolder } from './paths';
import type { RunManifest } from '../types';
import type { PilotReport } from '../../training/pilot/report';

/** A run in a list. */
export interface RunSummary {
  readonly folder: string;
  readonly id: string;
  readonly kind: RunKind;
  readonly task: string;
  readonly state: RunStateName;
  readonly started: string;
  readonly name?: string;
  readonly notes?: string;
  readonly manifest: RunManifest;
  /** While a cluster runs it. */
  readonly queue?: QueueState;
  readonly report?: PilotReport;
}

export interface RunList {
  /** The latest first. */
  readonly runs: readonly RunSummary[];
  /** Folders that cannot be read, and why. */
  readonly broken: readonly { readonly folder: string; readonly message: string }[];
}

/** The runs of a workspace folder. */
export async function listRuns(workspace: string): Promise<RunList> {
  const home = runsFolder(workspace);
  const names = await readdir(home).catch(() => []);
  const runs: RunSummary[] = [];
  const broken: { folder: string; message: string }[] = [];
  for (const name of names.filter(each => !each.startsWith('.')).sort()) {
    const folder = path.join(home, name);
    try {
      runs.push(await summaryOf(folder));
    } catch (error) {
      broken.push({ folder, message: messageOf(error) });
    }
  }
  return { runs: runs.sort((a, b) => (a.started < b.started ? 1 : -1)), broken };
}

export async function summaryOf(folder: string): Promise<RunSummary> {
  const manifest = await readManifest(folder);
  const { state, queue } = await readState(folder);
  const report = await readReport(folder);
  const { id, kind, task, started, name, notes } = manifest;
  return {
    folder,
    id,
    kind,
    task,
    state,
    started,
    manifest,
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(queue && state === 'running' ? { queue } : {}),
    ...(report ? { report } : {}),
  };
}
