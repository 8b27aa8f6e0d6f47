import type { RunSummary } from '../../runs';
import type { ListedRun } from '../../webview/protocol';

/** What the list of runs says of one. */
export function listedRun({ folder, state, report, manifest }: RunSummary): ListedRun {
  const { id, kind, task, started, name, notes, metric, sizes, seeds, available, fingerprint } = manifest;
  const data = Object.entries(fingerprint.data as unknown as Record<string, unknown>);
  return {
    ...{ folder, id, kind, task, state, started, available },
    metric: { name: metric.name, higherIsBetter: metric.higherIsBetter },
    sizes: [...sizes],
    seeds: seeds.length,
    annotations: fingerprint.annotations,
    data: Object.fromEntries(data.map(([dataset, hash]) => [dataset, String(hash)])),
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(report ? { report } : {}),
  };
}
