import { entryOf } from '../../common/named-entries';
import { dataChanged } from '../../messages/run-messages';
import type { RunManifest } from '../../protocol/run-files';
import { runError } from '../experiment-errors';
import { dataFingerprints } from '../plan/fingerprints';
import { jobOf } from '../store/read-run';

/**
 * Refuses to go on with a run whose data has changed since it was planned, as far as {@link dataFingerprints} tell: what has
 * finished and what is left would have been measured on different examples.
 *
 * @throws RunError `data-changed`, naming the datasets; DataError where they cannot be read any more
 */
export async function assertSameData(
  folder: string,
  { jobs: [first], fingerprint }: Pick<RunManifest, 'jobs' | 'fingerprint'>,
  signal?: AbortSignal,
): Promise<void> {
  // All jobs of a run read the same data.
  const job = first === undefined ? undefined : await jobOf(folder, first);
  const now = await dataFingerprints(job?.datasets ?? [], signal);
  const changed = Object.keys(now).filter(name => {
    const then = entryOf(fingerprint.data, name);
    return then !== undefined && then !== entryOf(now, name);
  });
  if (changed.length > 0) throw runError('data-changed', dataChanged(changed.join(', ')));
}
