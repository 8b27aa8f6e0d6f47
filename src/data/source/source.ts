import type { SplitName } from '../splits/names';
import type { Table } from '../table/table';

/** A part of a dataset: a file, or the files of one split. */
export interface SourcePart {
  readonly split?: SplitName;
  readonly table: Table;
}

/** What a path holds, opened: tables with the split that each is of. */
export interface Source {
  /** The file or folder, absolute. */
  readonly path: string;
  readonly kind: 'table' | 'image' | 'audio' | 'text';
  readonly parts: readonly SourcePart[];
}
