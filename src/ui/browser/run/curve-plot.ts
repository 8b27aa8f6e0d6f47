import uPlot from 'uplot';
import { decadeScale } from '../../charts/axis-scale';
import type { Extent } from '../../runs/curve-chart';
import type { Curve } from '../../runs/training-curve';
import { createPainter } from './curve-painter';
import { type PlotFrame, type PlottedPoint, nearestPoint, pixelMapping } from './curve-pixels';

/** What a plot shows. */
export interface Shown {
  readonly curves: readonly Curve[];
  readonly extent: Extent;
  readonly logarithmic: boolean;
  readonly yText: (value: number) => string;
}

export interface Plot {
  readonly show: (shown: Shown) => void;
  /** Marks a point, by hand rather than by the mouse. */
  readonly mark: (spot: PlottedPoint | undefined) => void;
  readonly resize: (width: number) => void;
  /** Draws again in the colours of the theme. */
  readonly recolor: () => void;
}

export interface PlotEvents {
  /** The mouse is nearest to a point, or to none any more. */
  readonly onSpot: (spot: PlottedPoint | undefined) => void;
  /** The user drew over a part of the x axis, or wants all of it back. */
  readonly onZoom: (range: readonly [number, number] | undefined) => void;
}

const HEIGHT = 230;

/** How values are spread over an axis; the library names them in types alone. */
const [LINEAR, LOGARITHMIC] = [1, 3];

/** uPlot draws the axes and follows the mouse; the curves, each with its own points, are drawn onto its canvas. */
export function createPlot(
  into: HTMLElement,
  width: number,
  isLogarithmic: boolean,
  events: PlotEvents,
): Plot {
  const painter = createPainter();
  let shown: Shown | undefined;
  let marked: PlottedPoint | undefined;
  const dot = document.createElement('div');
  dot.className = 'spot';
  dot.hidden = true;
  const color = (name: string): string => getComputedStyle(into).getPropertyValue(name) || 'gray';
  let ink = color('color');
  const axis = (values: (value: number) => string, size: number): uPlot.Axis => ({
    stroke: () => ink,
    grid: { stroke: () => faint(ink), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
    size,
    values: (_, splits) => splits.map(value => ((value as number | null) === null ? '' : values(value))),
  });
  const frameOf = ({ bbox, scales }: uPlot): PlotFrame | undefined => {
    const { x, y } = scales;
    if (x?.min === undefined || x.max === undefined || y?.min === undefined || y.max === undefined)
      return undefined;
    return {
      ...{ left: bbox.left, top: bbox.top, width: bbox.width, height: bbox.height },
      x: [x.min, x.max],
      y: [y.min, y.max],
      logarithmic: isLogarithmic,
    };
  };
  const setSpot = (plot: uPlot, spot: PlottedPoint | undefined): void => {
    const isOther = spot?.curve.id !== marked?.curve.id;
    marked = spot;
    const frame = frameOf(plot);
    dot.hidden = !spot || !frame;
    if (spot && frame) {
      const place = pixelMapping({ ...frame, left: 0, top: 0 });
      const [x, y] = [place.x(spot.curve.xs[spot.index] ?? 0), place.y(spot.curve.ys[spot.index] ?? 0)];
      dot.style.transform = `translate(${x / devicePixelRatio}px, ${y / devicePixelRatio}px)`;
    }
    if (isOther) plot.redraw(false, false);
  };
  const plot = new uPlot(
    {
      width,
      height: HEIGHT,
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [...(shown?.extent.x ?? [0, 1])] as [number, number] },
        y: {
          // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in types alone
          distr: isLogarithmic ? LOGARITHMIC : LINEAR,
          range: () => [...(shown?.extent.y ?? [0.1, 1])] as [number, number],
        },
      },
      axes: [
        axis(value => String(Number(value.toPrecision(6))), 28),
        {
          ...axis(value => shown?.yText(value) ?? '', 52),
          ...(isLogarithmic
            ? {
                splits: (_, __, min, max) => [...decadeScale([min, max], [0, 1]).ticks],
                filter: (_, all) => all,
              }
            : {}),
        },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            events.onZoom(undefined);
            return null;
          },
        },
        sync: { key: 'strategy-advisor', setSeries: false },
      },
      hooks: {
        draw: [
          self => {
            const frame = frameOf(self);
            if (!shown || !frame || painter.paint(self.ctx, frame, shown.curves, marked?.curve.id)) return;
            requestAnimationFrame(() => {
              self.redraw(false, false);
            });
          },
        ],
        setCursor: [
          self => {
            const { left = -1, top = -1, event } = self.cursor;
            // The cursor of another plot moves this one too, and reads nothing here.
            if (!event && left >= 0) return;
            const frame = frameOf(self);
            const spot =
              left < 0 || !frame || !shown
                ? undefined
                : nearestPoint(
                    shown.curves,
                    frame,
                    frame.left + left * devicePixelRatio,
                    frame.top + top * devicePixelRatio,
                  );
            setSpot(self, spot);
            events.onSpot(spot);
          },
        ],
        setSelect: [
          self => {
            const { left, width } = self.select;
            if (width < 5) return;
            events.onZoom([self.posToVal(left, 'x'), self.posToVal(left + width, 'x')]);
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    [
      [0, 1],
      [null, null],
    ],
    into,
  );
  plot.over.append(dot);
  return {
    show(next) {
      shown = next;
      if (marked) {
        const { curve, index } = marked;
        const again = next.curves.find(({ id }) => id === curve.id);
        marked = again && { curve: again, index: Math.min(index, again.xs.length - 1) };
        if (!marked) dot.hidden = true;
      }
      plot.setData([[...next.extent.x], [null, null]]);
      if (marked) setSpot(plot, marked);
    },
    mark(spot) {
      setSpot(plot, spot);
    },
    resize(width) {
      if (Math.abs(width - plot.width) >= 1) plot.setSize({ width, height: HEIGHT });
    },
    recolor() {
      ink = color('color');
      plot.redraw();
    },
  };
}

/** A colour that a computed style gives (`rgb(…)`), mostly transparent. */
function faint(color: string): string {
  return color.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+)[,)].*$/, 'rgba($1,$2,$3, 0.15)');
}
