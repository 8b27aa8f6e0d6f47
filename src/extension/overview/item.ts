import type { Reference } from '../../annotations/problem';

export type ItemKind =
  | 'folder'
  | 'targets'
  | 'datasets'
  | 'pipelines'
  | 'pilots'
  | 'target'
  | 'advice'
  | 'condition'
  | 'dataset'
  | 'staleDataset'
  /** It has no data that could be opened. */
  | 'pathlessDataset'
  | 'pipeline'
  | 'stage'
  | 'run'
  | 'liveRun'
  | 'openRun';

/** A line of the overview. */
export interface Item {
  /** Unique among all lines, and the same for as long as the line is about the same thing. */
  readonly id: string;
  readonly kind: ItemKind;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** A codicon. */
  readonly icon?: string;
  /** The colour of the icon, as themes call it. */
  readonly color?: string;
  /** Where it is annotated. */
  readonly reference?: Reference;
  /** The target that it is about. */
  readonly task?: string;
  readonly dataset?: string;
  /** The folder of a run. */
  readonly run?: string;
  /** Worked out when the line is opened. */
  readonly children?: () => readonly Item[];
  /** Whether its lines show at once. */
  readonly isOpen?: boolean;
}
