import { buildReport } from '../training/pilot/build-report';
import type { PilotReport } from '../training/pilot/report';
import type { RunSnapshot } from './types';

/** The report of a pilot as far as it has come; none of a single training. */
export function reportOf({ manifest, jobs }: RunSnapshot): PilotReport | undefined {
  if (manifest.kind !== 'pilot') return undefined;
  const trials = jobs.flatMap(({ spec, result }) => (spec.kind === 'trial' ? [{ spec, result }] : []));
  const finished = trials.flatMap(({ spec, result }) => (result ? [{ spec, result }] : []));
  const pretrained = jobs.flatMap(({ spec, result }) =>
    spec.kind === 'pretrain' && result && /^pretrain-s\d+$/.test(spec.id) ? [{ spec, result }] : [],
  );
  const planned = manifest.jobs.filter(id => !id.startsWith('pretrain-')).length;
  return buildReport(manifest, finished, planned - finished.length, pretrained);
}
