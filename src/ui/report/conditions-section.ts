import * as l10n from '@vscode/l10n';
import type { ArmReport, PilotReport } from '../../protocol/pilot-report';
import { rulesText, strategyLabel } from '../../experiments/report/run-summary-text';
import { statusName } from '../../messages/condition-text';
import { differenceText, metricValueText } from '../../messages/metric-text';
import { formatCount } from '../../messages/quantities';
import { linearScale, rangeOf } from '../charts/axis-scale';
import { shownArms } from '../charts/chart';
import { type Markup, el } from '../markup';
import { colorOf } from '../strategy-colors';

type Condition = PilotReport['conditions'][number];

const MARKS: Readonly<Record<string, string>> = { met: '✓', unmet: '✗', assumed: '~' };

/** What the advice rested on before anything was measured: each condition, beside what was then measured of its strategy. */
export function conditionsSection(report: PilotReport): Markup | undefined {
  const { conditions: given, verdict } = report;
  if (given.length === 0) return undefined;
  const strategies = [...new Set(given.map(strategyOf))];
  return el(
    'section',
    { class: 'rules' },
    el('h2', {}, l10n.t('Rules compared with measurements')),
    verdict ? el('p', {}, rulesText(verdict)) : undefined,
    strategies.map(strategy =>
      el(
        'div',
        { class: 'beside' },
        el(
          'div',
          {},
          el('h3', {}, strategyLabel(strategy)),
          el(
            'ul',
            { class: 'conditions' },
            given.filter(each => strategyOf(each) === strategy).map(condition),
          ),
        ),
        measured(report, strategy),
      ),
    ),
  );
}

/** "transfer/same-input" is a condition of transfer. */
function strategyOf({ id }: Condition): string {
  return id.split('/')[0] ?? '';
}

function condition({ status, statement, source }: Condition): Markup {
  return el(
    'li',
    { class: status },
    el(
      'span',
      { class: 'mark-of', role: 'img', 'aria-label': statusName(status), title: statusName(status) },
      MARKS[status] ?? '?',
    ),
    ` ${statement} `,
    el('small', {}, source),
  );
}

/** The best arm of a strategy at the size of the verdict, as a text and as an interval about zero. */
function measured(report: PilotReport, strategy: string): Markup {
  const { verdict, metric, margin } = report;
  // End-to-end learning is single-task training of the whole, and is drawn once.
  const trained = strategy === 'end-to-end' ? 'single-task' : strategy;
  const arms = shownArms(report).filter(arm => arm.strategy === trained);
  const side = (text: string, drawing?: Markup): Markup =>
    el('div', { class: 'measured' }, el('p', {}, text), drawing);
  if (!verdict || arms.length === 0) return side(l10n.t('Not measured.'));
  const size = formatCount(verdict.n);
  const compared = arms.flatMap(arm => {
    const at = arm.differences.find(({ n }) => n === verdict.n);
    return at && [at.value, at.low, at.high].every(Number.isFinite) ? [{ arm, at }] : [];
  });
  const sign = metric.higherIsBetter ? 1 : -1;
  const [best] = [...compared].sort((one, other) => sign * (other.at.value - one.at.value));
  if (best)
    return side(
      l10n.t('{0}: {1} at {2} examples', best.arm.id, differenceText(metric.name, best.at), size),
      intervalDrawing(best.arm, best.at, margin, rangeOf([0, margin, -margin, ...allEnds(report)])),
    );
  const point = arms[0]?.curve.find(({ n }) => n === verdict.n);
  return side(
    point
      ? l10n.t('{0}: {1} at {2} examples', arms[0]?.id ?? '', metricValueText(metric.name, point.mean), size)
      : l10n.t('Not measured.'),
  );
}

/** All intervals of the section are drawn on one axis. */
function allEnds(report: PilotReport): readonly number[] {
  return shownArms(report).flatMap(({ differences }) =>
    differences.flatMap(({ n, low, high }) => (n === report.verdict?.n ? [low, high] : [])),
  );
}

const [WIDTH, HEIGHT] = [260, 26];

function intervalDrawing(
  { strategy }: ArmReport,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  margin: number,
  range: readonly [number, number],
): Markup {
  const { place } = linearScale(range, [4, WIDTH - 4]);
  const color = colorOf(strategy);
  const middle = HEIGHT / 2;
  return el(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
    el('rect', {
      class: 'margin',
      x: place(-margin),
      y: 0,
      width: place(margin) - place(-margin),
      height: HEIGHT,
    }),
    el('line', { class: 'axis', x1: place(0), x2: place(0), y1: 0, y2: HEIGHT }),
    el(
      'g',
      { stroke: color, fill: color },
      el('line', { x1: place(low), x2: place(high), y1: middle, y2: middle, 'stroke-width': 2 }),
      el('circle', { cx: place(value), cy: middle, r: 5 }),
    ),
  );
}
