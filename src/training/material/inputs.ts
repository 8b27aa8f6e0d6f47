import { openDataset, type Dataset, type InputPipeline, type ReadRequest } from '../../data';
import type { DataSpec } from '../spec';

export interface OpenSettings {
  readonly cache: string;
  readonly signal: AbortSignal;
}

/** A dataset, and what is read of it. */
export interface Wanted {
  readonly data: DataSpec;
  readonly request: ReadRequest;
}

/** Columns that some annotation of the same data names as a label: learning from them would be cheating. */
export function withoutForeignLabels(data: DataSpec, all: readonly DataSpec[]): ReadRequest {
  const place = ({ path, request }: DataSpec): string => JSON.stringify([path, request.table ?? '']);
  const own = new Set(Object.values(data.request.labels).map(({ column }) => column));
  const foreign = all
    .filter(other => other !== data && place(other) === place(data))
    .flatMap(other => Object.values(other.request.labels).map(({ column }) => column))
    .filter(column => !own.has(column));
  if (foreign.length === 0) return data.request;
  const except = [...new Set([...(data.request.input?.except ?? []), ...foreign])].sort();
  return { ...data.request, input: { ...data.request.input, except } };
}

/**
 * The preprocessing that all datasets of a job share: the target's own, so that the target's inputs are the same in
 * every arm. Texts share a vocabulary: the target's words, then the sources'.
 */
export async function sharedInput(
  target: Dataset,
  sources: readonly Wanted[],
  settings: OpenSettings,
): Promise<InputPipeline> {
  const { input } = target.pipeline;
  if (input.kind !== 'text') return input;
  const words = new Set(input.vocabulary);
  for (const { data, request } of sources) {
    const { pipeline } = await openDataset(data.path, request, settings);
    if (pipeline.input.kind === 'text') for (const word of pipeline.input.vocabulary) words.add(word);
  }
  return { ...input, vocabulary: [...words] };
}

/** Opens a dataset with the preprocessing of another. */
export function openWith(
  data: DataSpec,
  request: ReadRequest,
  fitted: InputPipeline,
  settings: OpenSettings,
): Promise<Dataset> {
  return openDataset(data.path, { ...request, input: { ...request.input, fitted } }, settings);
}
