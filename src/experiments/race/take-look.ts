import type { LookedArm, RaceLook } from '../../protocol/race-file';
import type { RunSnapshot } from '../../protocol/run-files';
import { pairedEstimate, sharedSeeds } from '../report/arm-results';
import { finishedOf, readPilot } from '../report/build-report';
import { standingOf } from '../report/race-standing';
import { GAINS, asGain, runningOrder, strategyNames } from '../report/verdict';
import { type Racer, informationShare, lookAt } from '../statistics/race';
import { interval } from '../statistics/significance';
import { isAtLargest } from './open-trials';

/**
 * What a complete round decides. It follows from the results of the trials at the largest size up to that round, and from
 * the looks before; when they finished, and where, says nothing.
 *
 * @param run with the looks before, and at least the trials of the round
 * @param round seeds that are complete
 */
export function takeLook(run: RunSnapshot, round: number): RaceLook {
  const { manifest, looks = [] } = run;
  const size = manifest.sizes.at(-1) ?? 0;
  const { finished } = finishedOf(run);
  const counted = finished.filter(
    ({ spec }) => isAtLargest(manifest, spec) && manifest.seeds.indexOf(spec.seed) < round,
  );
  const { data, control, margin, unit, reading } = readPilot({ ...manifest, looks }, counted);
  const rivals = data.filter(each => each !== control && each.arm.strategy !== 'baseline');
  const nameOf = strategyNames(data);
  const order = runningOrder(data, size);
  const compared = rivals.flatMap(each => {
    const gain = control && asGain(pairedEstimate(each, control, size, reading), manifest.metric);
    if (!control || !gain) return [];
    const before = standingOf(each.arm.id, looks);
    const last = looks.flatMap(({ arms }) => arms.filter(({ id }) => id === each.arm.id)).at(-1);
    const share =
      round >= manifest.seeds.length
        ? 1
        : Math.max(last?.information ?? 0, informationShare(gain, manifest.seeds.length));
    const racer: Racer = {
      gain,
      seeds: sharedSeeds(each, control, size).length,
      looks: before.decided ? (before.looks ?? []) : [...(before.looks ?? []), share],
      ...(last?.dropped ? { dropped: { reason: last.dropped, outcome: last.outcome } } : {}),
      cost: manifest.decision?.costs?.[nameOf(each)] ?? 1,
      order: order(each),
    };
    return [{ each, racer, share }];
  });
  const { standings, settled, chosen } = lookAt(
    compared.map(({ racer }) => racer),
    {
      margin,
      seeds: manifest.seeds.length,
      gainScale: GAINS * unit,
      gainOver(one, other) {
        const [a, b] = [compared[one], compared[other]];
        return a && b && asGain(pairedEstimate(a.each, b.each, size, reading), manifest.metric);
      },
    },
  );
  const arms = compared.flatMap(({ each, racer, share }, i): LookedArm[] => {
    const standing = standings[i];
    if (!standing || racer.dropped) return [];
    const { outcome, p, dropped } = standing;
    return [
      {
        id: each.arm.id,
        seeds: racer.seeds,
        gain: interval(racer.gain),
        information: share,
        outcome,
        p,
        ...(dropped === undefined ? {} : { dropped }),
      },
    ];
  });
  const [leading] = [...compared].sort((a, b) => b.racer.gain.value - a.racer.gain.value);
  const best = (chosen === undefined ? leading : compared[chosen])?.each.arm.id;
  return {
    round,
    arms,
    settled,
    contenders: [...(control ? [control.arm.id] : []), ...(best === undefined ? [] : [best])],
  };
}
