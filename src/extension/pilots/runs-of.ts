import * as vscode from 'vscode';
import { listRuns, type RunSummary } from '../../runs';
import type { Services } from '../services';
import type { Scope } from '../workspace/scope';
import { workspaceOf } from './places';

export interface PlacedRun {
  readonly scope: Scope;
  readonly run: RunSummary;
}

/** The runs of all folders that are open, the latest first. */
export async function runsOf({ problems }: Services): Promise<readonly PlacedRun[]> {
  const lists = problems.all().map(async scope => {
    const workspace = workspaceOf(scope);
    return workspace === undefined ? [] : (await listRuns(workspace)).runs.map(run => ({ scope, run }));
  });
  return (await Promise.all(lists)).flat().sort((a, b) => (a.run.started < b.run.started ? 1 : -1));
}

export async function pickRun(runs: readonly PlacedRun[]): Promise<PlacedRun | undefined> {
  const [only] = runs;
  if (runs.length <= 1) return only;
  const items = runs.map(placed => ({
    label: placed.run.name ?? placed.run.task,
    description: [placed.run.kind, placed.run.state, placed.run.report?.verdict?.recommendation ?? '']
      .filter(each => each !== '')
      .join(' · '),
    detail: placed.run.id,
    placed,
  }));
  return (
    await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Which run?'),
      matchOnDetail: true,
    })
  )?.placed;
}
