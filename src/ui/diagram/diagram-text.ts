import * as l10n from '@vscode/l10n';
import type { EdgeKind, GraphNode, NodeKind } from './diagram-graph';

export function nodeKindName(kind: NodeKind): string {
  switch (kind) {
    case 'target':
      return l10n.t('target');
    case 'task':
      return l10n.t('task');
    case 'stage':
      return l10n.t('stage');
    case 'engineered':
      return l10n.t('engineered stage');
    case 'dataset':
      return l10n.t('dataset');
  }
}

/** A heading over nodes of a kind. */
export function nodeKindTitle(kind: NodeKind): string {
  switch (kind) {
    case 'target':
      return l10n.t('Targets');
    case 'task':
      return l10n.t('Tasks');
    case 'stage':
    case 'engineered':
      return l10n.t('Stages');
    case 'dataset':
      return l10n.t('Datasets');
  }
}

/** What a line of a kind means. */
export function edgeKindName(kind: EdgeKind): string {
  switch (kind) {
    case 'data':
      return l10n.t('has labels for');
    case 'transfer':
      return l10n.t('transfer learning');
    case 'multitask':
      return l10n.t('trained jointly');
    case 'shares':
      return l10n.t('share low-level features');
    case 'stage':
      return l10n.t('next stage');
    case 'source':
      return l10n.t('used to create');
  }
}

/** "target pneumonia: transfer learning, high confidence", as it is read aloud. */
export function nodeText({ kind, name, details }: GraphNode): string {
  return [`${nodeKindName(kind)} ${name}`, ...(details.length > 0 ? [details.join(', ')] : [])].join(': ');
}
