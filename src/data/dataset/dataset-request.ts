import type { DatasetRequest } from '../../protocol/preprocessing';
import type { IssueLog } from '../issues';
import type { ResolveOptions } from '../paths/resolve-path';

export type { DatasetRequest, HeldOutData, InputRequest, TaskLabel } from '../../protocol/preprocessing';

export interface DatasetSettings extends Omit<ResolveOptions, 'issues'> {
  /** Where decoded data is kept between runs; nothing is kept by default. */
  readonly cache?: string;
}

/** How the data of a request is opened: what may be read of it is part of the request. */
export function openOptions(
  { table, readable, labels }: Pick<DatasetRequest, 'table' | 'readable' | 'labels'>,
  settings: DatasetSettings,
  issues: IssueLog,
): ResolveOptions & { readonly table?: string | undefined; readonly labels: readonly string[] } {
  const columns = Object.values(labels).map(({ column }) => column);
  return { ...settings, ...(readable ? { readable } : {}), table, labels: columns, issues };
}

export const DEFAULT_LIMIT = 200_000;
