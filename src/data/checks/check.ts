import type { ExampleRow } from '../dataset/example-rows';
import type { IssueLog } from '../issues';

/** A check that sees every example once. */
export interface Check {
  observe(row: ExampleRow): void | Promise<void>;
  /** Reports what was found. */
  finish(issues: IssueLog): void;
}

/** A readable name of an example for messages: its file, or its table's row. */
export type NameOf = (row: ExampleRow) => string;
