import type { PilotReport } from '../../../protocol/pilot-report';
import type { CurveOptions, Curves } from '../../runs/run-curves';
import { createCurves } from '../../runs/run-curves';
import type { RunContent, RunContentDelta, RunFacts, RunStatus, RunView } from '../../runs/run-page-messages';
import type { Curve, Quantity } from '../../runs/training-curve';
import { COLUMN, POINT_WIDTH, type Trial, type Trials, applyDelta } from '../../runs/trial-points';

export const DEFAULT_VIEW: RunView = {
  by: 'mean',
  axis: 'epoch',
  smoothing: 0,
  size: 'latest',
  hidden: [],
  logarithmic: false,
  scroll: 0,
};

/** A run as its page knows it. It grows in place, as thousands of points do; pages draw it anew after each change. */
export class RunSession {
  facts: RunFacts;
  status: RunStatus;
  report: PilotReport | undefined;
  /** Ids of trials whose loss became NaN or infinite. */
  readonly diverged = new Set<string>();
  readonly #trials: Trials = new Map();
  readonly #curves: Curves = createCurves();

  constructor({ facts, ...content }: RunContent) {
    this.facts = facts;
    this.status = content.status;
    this.take(content);
  }

  take({ trials, status, report }: RunContentDelta): void {
    for (const delta of trials) {
      applyDelta(this.#trials, delta);
      const trial = this.#trials.get(delta.id);
      if (trial && hasDiverged(trial, (delta.points?.length ?? 0) / POINT_WIDTH)) this.diverged.add(delta.id);
    }
    this.status = status;
    if (report) this.report = report;
  }

  trials(): readonly Trial[] {
    return [...this.#trials.values()];
  }

  curves(options: CurveOptions): Readonly<Record<Quantity, readonly Curve[]>> {
    return this.#curves.of(this.trials(), options);
  }
}

/** Whether one of the points that came last has a loss that is not finite. */
function hasDiverged({ points }: Trial, added: number): boolean {
  const { rows, length } = points;
  for (let at = Math.max(0, length - added) * POINT_WIDTH; at < length * POINT_WIDTH; at += POINT_WIDTH)
    if (rows[at + COLUMN.loss] === Infinity || rows[at + COLUMN.validationLoss] === Infinity) return true;
  return false;
}
