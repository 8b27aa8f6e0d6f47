import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../messages/quantities';
import { toCsv } from '../../charts/chart';
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
import type { ChartFile, ChartFormat } from '../shared/chart-export';
import { ExportButtons } from '../shared/export-buttons';
import { markupView } from '../shared/markup-view';
import { fileOfDrawing } from '../shared/save-drawing';
import { type PlottedPoint, indexNear } from './curve-pixels';
import { type Plot, createPlot } from './curve-plot';

export type Zoom = readonly [number, number];

export interface CurveFigureProps {
  readonly curves: readonly Curve[];
  readonly chart: CurveChart;
  readonly zoom: Zoom | undefined;
  /** Whether more is to come, so that there is to be room for it. */
  readonly isGrowing: boolean;
  /** What files are called that are saved from it. */
  readonly name: string;
  readonly onZoom: (zoom: Zoom | undefined) => void;
  readonly save: (file: Promise<ChartFile | undefined>) => void;
}

/** A chart of curves with what belongs to it: its reading, its table, what it is as a file. */
export function CurveFigure(props: CurveFigureProps): VNode {
  const { curves, chart, name, save } = props;
  const { quantity, metric } = chart;
  const isLogarithmic = chart.logarithmic && quantity !== 'metric';
  const extent = useMemo(() => extentOf(curves, isLogarithmic), [curves, isLogarithmic]);
  const figure = useRef<HTMLElement>(null);
  const [spot, setSpot] = useState<PlottedPoint>();
  const area = useRef<HTMLDivElement>(null);
  const plot = usePlot(area, props, extent, isLogarithmic, setSpot);
  const title = quantityName(quantity, metric.name);
  return (
    <figure id={`curves-${quantity}`} hidden={!extent} ref={figure}>
      <figcaption>
        <h2>{title}</h2>
        <ExportButtons
          title={title}
          choose={format => {
            if (figure.current) save(fileOfCurves(figure.current, name, curves, chart, format));
          }}
        />
      </figcaption>
      <div
        class="plot"
        tabIndex={0}
        role="group"
        aria-label={l10n.t('{0}. Use the arrow keys to read the values.', title)}
        ref={area}
        onKeyDown={event => {
          const next = moved(event.key, current(spot, curves), curves);
          if (!next) return;
          event.preventDefault();
          plot()?.mark(next);
          setSpot(next);
        }}
      />
      <output class="reading">{readingOf(current(spot, curves), chart)}</output>
      <CurveTable curves={curves} chart={chart} />
    </figure>
  );
}

function fileOfCurves(
  figure: Element,
  name: string,
  curves: readonly Curve[],
  chart: CurveChart,
  format: ChartFormat,
): Promise<ChartFile | undefined> {
  const drawing = curveChart(curves, chart)?.drawing;
  return fileOfDrawing(
    figure,
    {
      name: `${name}-curves-${chart.quantity}`,
      drawing: drawing && markupView(drawing),
      values: () => toCsv(curveValues(curves, chart)),
    },
    format,
  );
}

/** Draws the curves where they belong, and anew whenever they, their axes or the theme change. */
function usePlot(
  area: { readonly current: HTMLDivElement | null },
  { curves, chart, zoom, isGrowing, onZoom }: CurveFigureProps,
  extent: Extent | undefined,
  isLogarithmic: boolean,
  onSpot: (spot: PlottedPoint | undefined) => void,
): () => Plot | undefined {
  const plot = useRef<{ readonly drawn: Plot; readonly isLogarithmic: boolean }>(undefined);
  const before = useRef<Extent>(undefined);
  useLayoutEffect(() => {
    if (!extent || !area.current) return;
    const room = isGrowing ? growingExtent(extent, before.current, isLogarithmic) : extent;
    before.current = room;
    if (plot.current?.isLogarithmic !== isLogarithmic) {
      area.current.replaceChildren();
      const width = area.current.clientWidth || 300;
      const drawn = createPlot(area.current, width, isLogarithmic, { onSpot, onZoom });
      plot.current = { drawn, isLogarithmic };
    }
    plot.current.drawn.show({
      curves,
      logarithmic: isLogarithmic,
      extent: zoom ? { x: zoom, y: room.y } : room,
      yText: value => quantityText(chart.quantity, chart.metric.name, value),
    });
  }, [curves, chart, zoom, isGrowing]);
  useEffect(() => {
    if (!area.current) return undefined;
    const resized = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) plot.current?.drawn.resize(entry.contentRect.width);
    });
    resized.observe(area.current);
    // VS Code says its theme in the class of the body.
    const themed = new MutationObserver(() => plot.current?.drawn.recolor());
    themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
    };
  }, []);
  return () => plot.current?.drawn;
}

/** A point that is read, of its curve as it is now. */
function current(spot: PlottedPoint | undefined, curves: readonly Curve[]): PlottedPoint | undefined {
  const curve = spot && curves.find(({ id }) => id === spot.curve.id);
  return curve && { curve, index: Math.min(spot.index, curve.xs.length - 1) };
}

function readingOf(
  spot: PlottedPoint | undefined,
  { quantity, metric, axis }: CurveChart,
): string | undefined {
  if (!spot) return undefined;
  const { curve, index } = spot;
  const text = (values: Float64Array): string => quantityText(quantity, metric.name, values[index] ?? NaN);
  const band = curve.low && curve.high ? ` [${text(curve.low)}, ${text(curve.high)}]` : '';
  return [
    curveName(curve),
    `${axisName(axis)} ${formatCount(Number((curve.xs[index] ?? NaN).toPrecision(4)))}`,
    `${text(curve.ys)}${band}`,
  ].join(' · ');
}

/** Milliseconds between two looks of a table that is open, at least. */
const BETWEEN_TABLES = 1000;

/** What the curves have come to, as a table: made only while it is open, and not in each frame. */
function CurveTable({ curves, chart }: Pick<CurveFigureProps, 'curves' | 'chart'>): VNode {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState({ curves, chart, at: -BETWEEN_TABLES });
  useEffect(() => {
    if (!isOpen) return undefined;
    const show = (): void => {
      setShown({ curves, chart, at: performance.now() });
    };
    const timer = setTimeout(show, Math.max(0, shown.at + BETWEEN_TABLES - performance.now()));
    return () => {
      clearTimeout(timer);
    };
  }, [isOpen, curves, chart]);
  const table = useMemo(
    () => (isOpen ? markupView(curveTable(shown.curves, shown.chart)) : undefined),
    [isOpen, shown],
  );
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
        setShown({ curves, chart, at: performance.now() });
      }}
    >
      <summary>{l10n.t('Show as table')}</summary>
      <div>{table}</div>
    </details>
  );
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
