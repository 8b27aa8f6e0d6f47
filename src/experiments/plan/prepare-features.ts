import { isUserError } from '../../common/errors';
import { openDataset } from '../../data';
import { frozenFeatures } from '../../messages/checkpoint-file-messages';
import { checkpointUnreadable } from '../../messages/pilot-messages';
import type { DataSpec } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import type { SourceCheckpoint } from './eligible-strategies';

/**
 * Computes the features that a checkpoint gives of all examples of a target, once, before trials that would all need them
 * start. They are in the cache then, whatever splits the trials make.
 *
 * @returns where the network is cut, in words
 * @throws PlanError `no-data` at the annotation that names the checkpoint, where it cannot be used
 */
export async function prepareFeatures(
  { file, checkpoint }: { readonly file: string; readonly checkpoint: SourceCheckpoint },
  specs: readonly DataSpec[],
  { cache, signal }: { readonly cache: string; readonly signal?: AbortSignal },
): Promise<string> {
  // Most plans need no ONNX Runtime.
  const { openCheckpoint } = await import('../../training/checkpoints/open-checkpoint');
  try {
    const opened = await openCheckpoint(file, cache);
    try {
      for (const { path, request } of specs) {
        const fitted = { ...request, input: { ...request.input, fitted: opened.input } };
        await openDataset(path, fitted, { cache, embed: opened.embed, ...(signal ? { signal } : {}) });
      }
      const { value, belowHead } = opened.encoder.cut;
      return frozenFeatures({ checkpoint: checkpoint.path, width: opened.input.width, value, belowHead });
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!isUserError(error)) throw error;
    const { reference } = checkpoint;
    throw planError('no-data', checkpointUnreadable({ task: checkpoint.task, reason: error.message }), {
      file: reference.file,
      line: reference.range.start.line + 1,
    });
  }
}
