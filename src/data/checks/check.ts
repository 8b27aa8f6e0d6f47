import type { ExampleRow } from '../dataset/example-rows';
import type { IssueLog } from '../issues';

/** A check that sees every example once. */
export interface Check {
  /** Columns that it asks for besides inputs and labels. */
  readonly columns?: readonly string[];
  observe(row: ExampleRow): void | Promise<void>;
  /** Reports what was found. */
  finish(issues: IssueLog): void | Promise<void>;
}

/** A readable name of an example for messages: its file, or its table's row. */
export type NameOf = (row: ExampleRow) => string;
