import type { RunSnapshot } from '../types';

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
  return [HEADER, ...rows].map(row => `${row.map(cell).join(',')}\n`).join('');
}

/** As RFC 4180 has it. */
function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
