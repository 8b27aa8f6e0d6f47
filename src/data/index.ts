export { countDataset, type CountOptions } from './count/count';
export { canonicalSplit, type SplitName } from './splits/names';
export { DataError } from './errors';
export type { Counted, CountResult, CountUnit, DataIssue, IssueCode, IssueSeverity, Stated } from './types';
