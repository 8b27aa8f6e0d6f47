// What the advice is meant to reach, and whether it does.
import type { Interval } from './bootstrap';
import type { Judgement } from './judge';

export interface Goal {
  readonly name: string;
  readonly found: string;
  readonly wanted: string;
  readonly reached: boolean;
}

export interface Evaluated {
  readonly whole: Judgement;
  /** Undefined where a file of cases was given. */
  readonly first: Judgement | undefined;
  readonly shape: Judgement;
  readonly marginOverShape: { readonly margin: number; readonly interval: Interval };
}

const HALF = 0.75;
const MARGIN = 0.12;
const TIES = 0.35;
const HIGH = { right: 0.85, share: 0.2 };
const MEDIUM = 0.7;
const CALIBRATION = 0.1;

/** Every goal, in the order of the report. */
export function goalsOf({ whole, first, shape, marginOverShape }: Evaluated): Goal[] {
  const high = whole.levels.find(({ level }) => level === 'high');
  const medium = whole.levels.find(({ level }) => level === 'medium');
  const farthest = Math.max(...whole.thirds.map(({ stated, right }) => Math.abs(stated - right)));
  return [
    atLeast('half credit', whole.half, HALF),
    ...(first ? [atLeast('half credit, first cases alone', first.half, HALF)] : []),
    atLeast('ahead of the shape alone', marginOverShape.margin, MARGIN),
    atLeast('lower end of that', marginOverShape.interval.low, 0),
    atMost('share of ties called', whole.ties.called, TIES),
    atMost('log loss, that of the shape alone', whole.logLoss, shape.logLoss),
    atLeast('right at high confidence', high?.right ?? NaN, HIGH.right),
    atLeast('share of cases at high confidence', high?.share ?? 0, HIGH.share),
    atLeast('right at medium confidence', medium?.right ?? NaN, MEDIUM),
    whole.thirds.length > 0
      ? atMost('farthest third from what it states', farthest, CALIBRATION)
      : {
          name: 'farthest third from what it states',
          found: 'none',
          wanted: `≤ ${CALIBRATION.toFixed(2)}`,
          reached: false,
        },
  ];
}

function atLeast(name: string, found: number, least: number): Goal {
  return { name, found: found.toFixed(3), wanted: `≥ ${least.toFixed(2)}`, reached: found >= least };
}

function atMost(name: string, found: number, most: number): Goal {
  return { name, found: found.toFixed(3), wanted: `≤ ${most.toFixed(2)}`, reached: found <= most };
}
