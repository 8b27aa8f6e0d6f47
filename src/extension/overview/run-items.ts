import * as l10n from '@vscode/l10n';
import { STRATEGIES } from '../../advisor/text/advice';
import { strategyName } from '../../advisor/text/format';
import type { RunSummary } from '../../runs';
import type { Item, ItemKind } from './item';

/** Of many runs, the latest; the list of runs has all. */
const MOST_RUNS = 50;

/** The pilots and trainings of a folder, the latest first. */
export function runItems(scope: string, runs: readonly RunSummary[]): readonly Item[] {
  if (runs.length === 0) return [];
  return [
    {
      id: `${scope} pilots`,
      kind: 'pilots',
      label: l10n.t('Pilots'),
      icon: 'beaker',
      description: String(runs.length),
      children: () => runs.slice(0, MOST_RUNS).map(run => runItem(scope, run)),
      isOpen: true,
    },
  ];
}

function runItem(scope: string, run: RunSummary): Item {
  const { state, report } = run;
  const winner = STRATEGIES.find(strategy => strategy === report?.verdict?.recommendation);
  const verdict = winner ? [strategyName(winner)] : [];
  const name = run.kind === 'pilot' ? l10n.t('Pilot of {0}', run.task) : l10n.t('Training of {0}', run.task);
  const { icon, kind, text } = lookOf(state);
  return {
    id: `${scope} run ${run.id}`,
    kind,
    label: run.name ?? name,
    description: [text, ...verdict].join(' · '),
    tooltip: [run.name === undefined ? '' : name, run.id, run.started, run.notes ?? '']
      .filter(line => line !== '')
      .join('\n'),
    icon,
    run: run.folder,
  };
}

interface Look {
  readonly icon: string;
  readonly kind: ItemKind;
  readonly text: string;
}

function lookOf(state: RunSummary['state']): Look {
  switch (state) {
    case 'finished':
      return { icon: 'pass', kind: 'run', text: l10n.t('finished') };
    case 'failed':
      return { icon: 'error', kind: 'run', text: l10n.t('failed') };
    case 'stopped':
      return { icon: 'debug-pause', kind: 'openRun', text: l10n.t('stopped') };
    case 'interrupted':
      return { icon: 'debug-disconnect', kind: 'openRun', text: l10n.t('interrupted') };
    default:
      return { icon: 'loading~spin', kind: 'liveRun', text: l10n.t('running') };
  }
}
