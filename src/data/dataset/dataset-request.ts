import type { ResolveOptions } from '../paths/resolve-path';

export type { DatasetRequest, HeldOutData, InputRequest, TaskLabel } from '../../protocol/preprocessing';

export interface DatasetSettings extends Omit<ResolveOptions, 'issues'> {
  /** Where decoded data is kept between runs; nothing is kept by default. */
  readonly cache?: string;
}

export const DEFAULT_LIMIT = 200_000;
