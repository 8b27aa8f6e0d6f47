export { setMessages } from './messages';
export { countDataset, type CountOptions } from './count/count';
export { canonicalSplit, type SplitName } from './splits/names';
export { DataError } from './errors';
export type { Counted, CountResult, CountUnit, DataIssue, IssueCode, IssueSeverity, Stated } from './types';
export { openDataset, type Dataset } from './read/dataset';
export type { Chunk } from './read/chunk';
export { encodeValues, type Value } from './read/encode-values';
export type { InputArray } from './read/encode';
export type { LabelColumn } from './read/labels';
export {
  inputShape,
  type ColumnPipeline,
  type InputPipeline,
  type LabelPipeline,
  type Pipeline,
} from './read/pipeline';
export type { InputRequest, ReadRequest, ReadSettings, TaskLabel } from './read/request';
export type { LogMelParameters } from './audio/log-mel';
export { PADDING, UNKNOWN } from './text/tokens';
export { DEFAULT_SHARES, type SplitShares } from './splits/assign';
export { listExamples, type ExampleName } from './read/list';
export { dataFingerprint } from './read/fingerprint';
export { checkDataset } from './checks/dataset';
export { compareInputs } from './checks/inputs';
