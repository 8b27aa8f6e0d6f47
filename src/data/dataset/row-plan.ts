import type { RawDataset } from '../data-tables';
import type { DatasetRequest } from './dataset-request';
import { heldOutRows } from './held-out-rows';
import type { KeepOptions } from './kept-rows';
import { type StartPass, planSplits } from './split-plan';

/** Which examples of a dataset are in which split, and which are left out. */
export interface RowPlan {
  readonly start: StartPass;
  /** Examples that are left out because another dataset holds them out. */
  readonly apart: number;
}

/** Divides a dataset, and finds what must be left out of it. */
export async function planRows(
  source: RawDataset,
  request: DatasetRequest,
  options: KeepOptions,
): Promise<RowPlan> {
  const divide = await planSplits(source, request, options);
  const { apart = [] } = request;
  if (apart.length === 0) return { start: divide, apart: 0 };
  const held = await heldOutRows(source, request, divide, options);
  return {
    apart: held.size,
    start: () => {
      const splitOf = divide();
      let at = 0;
      return row => {
        const split = splitOf(row);
        return held.has(at++) ? undefined : split;
      };
    },
  };
}
