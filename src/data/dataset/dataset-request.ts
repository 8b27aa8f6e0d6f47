import type { DatasetRequest } from '../../protocol/preprocessing';
import type { Embed } from '../network-inputs/example-source';
import type { IssueLog } from '../issues';
import type { ResolveOptions } from '../paths/resolve-path';

export type { DatasetRequest, HeldOutData, InputRequest, TaskLabel } from '../../protocol/preprocessing';

export interface DatasetSettings extends Omit<ResolveOptions, 'issues'> {
  /** Where decoded data is kept between runs; nothing is kept by default. */
  readonly cache?: string;
  /** What gives features, where the preprocessing that is reused is a checkpoint. */
  readonly embed?: Embed | undefined;
}

/** How the data of a request is opened: what may be read of it is part of the request. */
export function openOptions(
  { table, readable, labels, input }: Pick<DatasetRequest, 'table' | 'readable' | 'labels' | 'input'>,
  settings: DatasetSettings,
  issues: IssueLog,
): RequestedOptions {
  const columns = Object.values(labels).map(({ column }) => column);
  const named = input?.image ? 'image' : input?.audio ? 'audio' : undefined;
  return { ...settings, ...(readable ? { readable } : {}), table, labels: columns, named, issues };
}

interface RequestedOptions extends ResolveOptions {
  readonly table?: string | undefined;
  readonly labels: readonly string[];
  readonly named: 'image' | 'audio' | undefined;
}

export const DEFAULT_LIMIT = 200_000;
