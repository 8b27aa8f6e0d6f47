import type { ExampleRow } from '../dataset/example-rows';
import type { IssueLog } from '../issues';

/** One thing that is looked for while all examples pass by once. */
export interface Check {
  observe(row: ExampleRow): void | Promise<void>;
  /** Reports what was found. */
  finish(issues: IssueLog): void;
}

/** A readable name of an example for messages: its file, or its table's row. */
export type NameOf = (row: ExampleRow) => string;
