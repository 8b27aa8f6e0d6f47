import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../messages/quantities';
import { toCsv } from '../../charts/chart';
import { exportButtons } from '../../report/report-sections';
import {
  type CurveChart,
  type Extent,
  curveChart,
  curveTable,
  curveValues,
  extentOf,
  growingExtent,
} from '../../runs/curve-chart';
import { axisName, curveName, quantityName, quantityText } from '../../runs/run-text';
import type { Curve } from '../../runs/training-curve';
import type { Exported } from '../shared/chart-export';
import { make, showText, toDom } from '../shared/dom';
import { type PlottedPoint, indexNear } from './curve-pixels';
import { type Plot, createPlot } from './curve-plot';

/** A chart of curves with what belongs to it: its reading, its table, what it is as a file. */
export interface CurveFigure {
  readonly element: HTMLElement;
  /** `isGrowing`: whether more is to come, so that there is to be room for it. */
  readonly show: (
    curves: readonly Curve[],
    chart: CurveChart,
    zoom: Zoom | undefined,
    isGrowing: boolean,
  ) => void;
  readonly exported: Omit<Exported, 'name'>;
  readonly recolor: () => void;
}

export type Zoom = readonly [number, number];

/** Milliseconds between two looks of a table that is open, at least. */
const BETWEEN_TABLES = 1000;

export function createCurveFigure(
  quantity: CurveChart['quantity'],
  onZoom: (zoom: Zoom | undefined) => void,
): CurveFigure {
  const element = make('figure', { id: `curves-${quantity}`, hidden: true });
  const heading = make('h2');
  const caption = make('figcaption', {}, heading);
  const area = make('div', { className: 'plot', tabIndex: 0 });
  area.setAttribute('role', 'group');
  const reading = make('output', { className: 'reading' });
  const details = make('details', {}, make('summary', {}, l10n.t('As a table')));
  const table = make('div');
  const aside = make('div', { className: 'aside', ariaHidden: 'true' });
  details.append(table);
  element.append(caption, area, reading, details, aside);
  let now: { readonly curves: readonly Curve[]; readonly chart: CurveChart } | undefined;
  let plot: Plot | undefined;
  let plotted: boolean | undefined;
  let before: Extent | undefined;
  let spot: PlottedPoint | undefined;
  let tabled = 0;

  const read = (at: PlottedPoint | undefined): void => {
    spot = at;
    if (!at || !now) return;
    const { curve, index } = at;
    const { chart } = now;
    const text = (values: Float64Array | undefined): string | undefined =>
      values && quantityText(quantity, chart.metric.name, values[index] ?? NaN);
    const band = curve.low ? ` [${text(curve.low) ?? ''}, ${text(curve.high) ?? ''}]` : '';
    reading.textContent = [
      curveName(curve),
      `${axisName(chart.axis)} ${formatCount(Number((curve.xs[index] ?? NaN).toPrecision(4)))}`,
      `${text(curve.ys) ?? ''}${band}`,
    ].join(' · ');
  };
  let later: ReturnType<typeof setTimeout> | undefined;
  const drawTable = (): void => {
    if (!now || !details.open) return;
    const left = tabled + BETWEEN_TABLES - performance.now();
    clearTimeout(later);
    if (left > 0) {
      later = setTimeout(drawTable, left);
      return;
    }
    tabled = performance.now();
    table.replaceChildren(toDom(curveTable(now.curves, now.chart)));
  };
  details.addEventListener('toggle', () => {
    tabled = -BETWEEN_TABLES;
    drawTable();
  });
  area.addEventListener('keydown', event => {
    const next = now && moved(event.key, spot, now.curves);
    if (!next) return;
    event.preventDefault();
    plot?.mark(next);
    read(next);
  });
  new ResizeObserver(([entry]) => {
    if (entry && entry.contentRect.width > 0) plot?.resize(entry.contentRect.width);
  }).observe(area);

  return {
    element,
    show(curves, chart, zoom, isGrowing) {
      const isLogarithmic = chart.logarithmic && quantity !== 'metric';
      const title = quantityName(quantity, chart.metric.name);
      if (heading.textContent !== title) {
        heading.textContent = title;
        area.setAttribute('aria-label', l10n.t('{0}. Arrow keys read its values.', title));
        caption.querySelector('.exports')?.remove();
        caption.append(toDom(exportButtons(title)));
      }
      now = { curves, chart };
      const found = extentOf(curves, isLogarithmic);
      element.hidden = !found;
      if (!found) return;
      const extent = isGrowing ? growingExtent(found, before, isLogarithmic) : found;
      before = extent;
      if (!plot || plotted !== isLogarithmic) {
        area.replaceChildren();
        plot = createPlot(area, area.clientWidth || 300, isLogarithmic, { onSpot: read, onZoom });
        plotted = isLogarithmic;
      }
      plot.show({
        curves,
        logarithmic: isLogarithmic,
        extent: zoom ? { x: zoom, y: extent.y } : extent,
        yText: value => quantityText(quantity, chart.metric.name, value),
      });
      // What is read is of the line as it is now.
      if (spot) {
        const { curve, index } = spot;
        const again = curves.find(({ id }) => id === curve.id);
        read(again && { curve: again, index: Math.min(index, again.xs.length - 1) });
      }
      if (!spot) showText(reading, '');
      reading.hidden = false;
      drawTable();
    },
    exported: {
      drawing() {
        const drawn = now && curveChart(now.curves, now.chart)?.drawing;
        if (!drawn) return undefined;
        const svg = toDom(drawn);
        // In the page, as a drawing's looks are those of its place.
        aside.replaceChildren(svg);
        setTimeout(() => {
          aside.replaceChildren();
        });
        return svg instanceof SVGSVGElement ? svg : undefined;
      },
      values: () => (now ? toCsv(curveValues(now.curves, now.chart)) : ''),
    },
    recolor: () => plot?.recolor(),
  };
}

/** Where a key leads: along a curve, or to the one beside it at about the same place. */
function moved(
  key: string,
  from: PlottedPoint | undefined,
  curves: readonly Curve[],
): PlottedPoint | undefined {
  const [first] = curves;
  if (!first) return undefined;
  const { curve, index } = from ?? { curve: first, index: first.xs.length - 1 };
  const at = Math.max(
    0,
    curves.findIndex(({ id }) => id === curve.id),
  );
  const last = curve.xs.length - 1;
  const along = (to: number): PlottedPoint => ({ curve, index: Math.min(last, Math.max(0, to)) });
  const beside = (by: number): PlottedPoint | undefined => {
    const other = curves[(at + by + curves.length) % curves.length];
    return other && { curve: other, index: indexNear(other.xs, curve.xs[index] ?? 0) };
  };
  switch (key) {
    case 'ArrowLeft':
      return along(from ? index - 1 : index);
    case 'ArrowRight':
      return along(from ? index + 1 : index);
    case 'Home':
      return along(0);
    case 'End':
      return along(last);
    case 'ArrowUp':
      return beside(-1);
    case 'ArrowDown':
      return beside(1);
    default:
      return undefined;
  }
}
