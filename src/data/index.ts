export { countDataset, type CountOptions } from './counting/count-dataset';
export { canonicalSplit, type SplitName } from './splits';
export { isDataError, type DataError } from './issues';
export type {
  DatasetCount,
  CountResult,
  CountUnit,
  DataIssue,
  IssueCode,
  IssueSeverity,
  StatedSize,
} from './issues';
export { openDataset } from './dataset/open-dataset';
export type { Chunk, Dataset } from './dataset/encoded-chunks';
export { encodeValues, type Value } from './preprocessing/encode-input';
export type { InputArray } from './preprocessing/encode-input';
export type { LabelColumn } from './preprocessing/label-encoding';
export {
  columnWidth,
  isStandardized,
  inputShape,
  type ColumnPreprocessing,
  type InputPreprocessing,
  type LabelEncoding,
  type Preprocessing,
} from './preprocessing/preprocessing';
export type {
  HeldOutData,
  InputRequest,
  DatasetRequest,
  DatasetSettings,
  TaskLabel,
} from './dataset/dataset-request';
export type { InputColumn } from './preprocessing/input-columns';
export type { LogMelParameters } from '../protocol/preprocessing';
export { LONGEST_WORD, PADDING, UNKNOWN, UNSPACED_RANGES } from './preprocessing/text-tokens';
export { CURRENCY_CODES } from './preprocessing/amounts';
export { MISSING_TEXTS } from './data-tables';
export type { TableSource } from '../protocol/preprocessing';
export { DEFAULT_SHARES, type SplitShares } from './splits';
export { listExamples, type ExampleName } from './dataset/list-examples';
export { whyFewTestExamples } from './dataset/few-test-examples';
export { dataFingerprint } from './dataset/data-fingerprint';
export { dataFiles, type DataFiles } from './dataset/data-files';
export { countAndCheck } from './checks/checked-count';
export { inputColumnNames, unlikeColumns, type UnlikeColumns } from './checks/compare-columns';
export { onnxFile, readCheckpointFiles } from './network-inputs/checkpoint-files';
export { networkInputOf } from './network-inputs/network-input-of';
export {
  createNetworkReader,
  type NetworkFeeds,
  type NetworkReader,
} from './network-inputs/read-network-input';
export type { Embed, ExampleSource } from './network-inputs/example-source';
export { networkFamily } from './preprocessing/fit-input';
export type { NetworkInput } from '../protocol/preprocessing';
export { checkDataset } from './checks/check-dataset';
export { compareInputs } from './checks/compare-inputs';
