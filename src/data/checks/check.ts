import type { IssueLog } from '../issues';
import type { RowReference } from '../read/rows';

/** One thing that is looked for while all examples pass by once. */
export interface Check {
  observe(row: RowReference): void | Promise<void>;
  /** Reports what was found. */
  finish(issues: IssueLog): void;
}

/** A readable name of an example for messages: its file, or its table's row. */
export type NameOf = (row: RowReference) => string;
