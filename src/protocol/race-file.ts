import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { count, figure, text, texts } from './schema-helpers';

/** How many trials a pilot takes for its verdict. */
export const EFFORTS = ['small', 'usual', 'exhaustive'] as const;
export const effort = v.picklist(EFFORTS);

/** What one arm came to at a look, against single-task training; positive where it is better. */
export const lookedArm = v.object({
  id: text,
  /** Seeds that both have. */
  seeds: count,
  gain: v.object({ value: figure, low: figure, high: figure }),
  /** The share of the information of all planned seeds, from 0 to 1: error rates are spent by it. */
  information: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  outcome: v.picklist(['better', 'worse', 'tie', 'undecided']),
  /** Of no difference, at all looks together, corrected over the arms. */
  p: figure,
  /** Why it gets no more trials. */
  dropped: v.exactOptional(
    v.pipe(
      v.picklist(['worse', 'no-gain', 'undecidable', 'behind']),
      v.description(
        'worse: than single-task training. no-gain: not better by more than the margin. undecidable: the seeds still to come would hardly ever decide. behind: another arm is better and stays the one to choose.',
      ),
    ),
  ),
});

/** What was decided after a complete round of trials at the largest size. */
export const raceLook = v.object({
  /** Seeds that were complete. */
  round: count,
  /** The arms that were still in the race. */
  arms: v.array(lookedArm),
  /** Whether trials still to come would hardly change the verdict. */
  settled: v.boolean(),
  /** The arms whose data-size curves are worth measuring: single-task training, and the chosen or leading one. */
  contenders: texts,
});

/** `race.json`: the looks of a run so far. */
export const raceFile = v.object({ version: v.literal(1), looks: v.array(raceLook) });

export type Effort = Infer<typeof effort>;
export type LookedArm = Infer<typeof lookedArm>;
export type RaceLook = Infer<typeof raceLook>;
