import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { csvRow } from '../../common/csv';
import { exportNotToFile } from '../../messages/run-messages';
import { runError } from '../experiment-errors';
import { makeFolder, writeWhole } from '../store/atomic-files';
import type { JobSnapshot, RunSnapshot } from '../../protocol/run-files';
import { type Scalar, eventFile } from './tensorboard-events';

const HEADER = ['run', 'arm', 'strategy', 'variant', 'n', 'seed', 'status', 'metric', 'value', 'seconds'];

/** A line for each metric of each trial; those that have not finished have one line without a value. */
export function runCsv({ manifest, jobs }: RunSnapshot): string {
  const rows = jobs.flatMap(({ spec, status, result }) => {
    if (spec.kind !== 'trial') return [];
    const { arm, n, seed } = spec;
    const start = [manifest.id, arm.id, arm.strategy, arm.variant ?? '', n, seed, status];
    if (!result) return [[...start, manifest.metric.name, '', '']];
    const metrics = Object.entries({ [manifest.metric.name]: result.value, ...result.metrics });
    return metrics.map(([name, value]) => [...start, name, value, result.seconds]);
  });
  return [HEADER, ...rows].map(row => `${csvRow(row)}\n`).join('');
}

export type ExportFormat = 'csv' | 'tensorboard';
export const EXPORT_FORMATS: readonly ExportFormat[] = ['csv', 'tensorboard'];

/**
 * Writes a run for other programs: a table of its trials, or for TensorBoard a folder with an event file for each
 * job. Gives the paths that were written.
 *
 * @throws RunError where they cannot be
 */
export async function exportRun(
  run: RunSnapshot,
  format: ExportFormat,
  to: string,
): Promise<readonly string[]> {
  if (format === 'csv') {
    const stats = await lstat(to).catch(() => undefined);
    // The file is replaced, and a device, pipe or link must not be.
    if (stats && !stats.isFile()) throw runError('broken', exportNotToFile(to));
    await makeFolder(path.dirname(to));
    await writeWhole(to, runCsv(run));
    return [to];
  }
  const started = Date.parse(run.manifest.started) / 1000;
  const written: string[] = [];
  for (const job of run.jobs) {
    const scalars = scalarsOf(job, started);
    if (scalars.length === 0) continue;
    const folder = path.join(to, job.spec.id);
    await makeFolder(folder);
    // TensorBoard takes files whose names hold "tfevents", and sorts them by the time in them.
    const file = path.join(folder, `events.out.tfevents.${Math.floor(started)}.strategy-advisor`);
    await writeWhole(file, eventFile(scalars, started));
    written.push(file);
  }
  return written;
}

/** Curves by phase and learning rate, and the metrics on the test split at the end. */
function scalarsOf({ events, result }: JobSnapshot, started: number): Scalar[] {
  const points = events.flatMap(({ phase, learningRate, step, t, loss, validation }) => {
    const curve = learningRate === undefined ? phase : `${phase}/lr ${learningRate}`;
    const named = [
      ...(loss === undefined ? [] : [[`${curve}/loss`, loss] as const]),
      ...Object.entries(validation ?? {}).map(
        ([name, value]) => [`${curve}/validation/${name}`, value] as const,
      ),
    ];
    return named.map(([tag, value]) => ({ tag, step, wallTime: started + t, value }));
  });
  const last = Math.max(0, ...events.map(({ step }) => step));
  const end = started + (result?.seconds ?? 0);
  const figures = Object.entries(result?.metrics ?? {});
  return [
    ...points,
    ...figures.map(([name, value]) => ({ tag: `test/${name}`, step: last, wallTime: end, value })),
  ];
}
