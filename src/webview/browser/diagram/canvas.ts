import Panzoom, { type PanzoomObject } from '@panzoom/panzoom';
import { drawingOf } from '../../diagram/drawing';
import { scaleIn, type PlacedGraph } from '../../diagram/layout';
import type { DiagramPageState } from '../../diagram/protocol';
import { prefersStillness, toDom } from '../shared/dom';

export type View = NonNullable<DiagramPageState['view']>;

/** A drawing that is moved and zoomed, by mouse and by keys. */
export interface Canvas {
  readonly element: SVGSVGElement;
  /** Draws another graph; what is shown of it stays, or is all of it where the user has not chosen a part. */
  readonly draw: (graph: PlacedGraph) => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly fit: () => void;
  /** Moves as little as shows a node. */
  readonly show: (node: Element) => void;
}

const LIMITS = { minScale: 0.02, maxScale: 4 } as const;
const SVG = 'http://www.w3.org/2000/svg';
/** How near a node comes to the edge when it is shown, in pixels. */
const EDGE = 12;

export interface CanvasActions {
  /** Told what is shown, once the user has chosen it; told nothing where all is. */
  readonly keep: (view?: View) => void;
  /** Told before all of it is shown: it may be drawn anew for the room that there is. */
  readonly arrange: () => void;
}

export function createCanvas(
  into: Element,
  first: View | undefined,
  { keep, arrange }: CanvasActions,
): Canvas {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', 'canvas');
  const layer = document.createElementNS(SVG, 'g');
  element.append(layer);
  into.append(element);
  let size = { width: 1, height: 1 };
  let isFitted = first === undefined;
  const panzoom: PanzoomObject = Panzoom(layer, {
    ...LIMITS,
    canvas: true,
    cursor: 'grab',
    step: 0.25,
    animate: false,
    ...(first ? { startScale: first.scale, startX: first.x, startY: first.y } : {}),
  });
  const moves = (): boolean => !prefersStillness();
  const changed = (): void => {
    isFitted = false;
    keep({ scale: panzoom.getScale(), ...panzoom.getPan() });
  };
  const fit = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0 || height === 0) return;
    const scale = Math.max(LIMITS.minScale, scaleIn({ width, height }, size));
    panzoom.zoom(scale, { animate: false, force: true });
    panzoom.pan((width / scale - size.width) / 2, (height / scale - size.height) / 2, {
      animate: moves(),
      force: true,
    });
  };
  // The library puts the drawing where it starts a moment later.
  setTimeout(() => {
    if (isFitted) fit();
  }, 0);
  element.addEventListener(
    'wheel',
    event => {
      panzoom.zoomWithWheel(event, { animate: false });
      changed();
    },
    { passive: false },
  );
  layer.addEventListener('panzoomend', changed);
  new ResizeObserver(() => {
    if (!isFitted) return;
    arrange();
    fit();
  }).observe(element);
  return {
    element,
    draw(graph) {
      size = graph;
      layer.replaceChildren(...drawingOf(graph).map(part => toDom(part, true)));
      if (isFitted) fit();
    },
    zoomBy(factor) {
      const { left, top, width, height } = element.getBoundingClientRect();
      const middle = { clientX: left + width / 2, clientY: top + height / 2 };
      panzoom.zoomToPoint(panzoom.getScale() * factor, middle, { animate: moves() });
      changed();
    },
    panBy(x, y) {
      const scale = panzoom.getScale();
      panzoom.pan(x / scale, y / scale, { relative: true, animate: moves() });
      changed();
    },
    fit() {
      isFitted = true;
      keep();
      arrange();
      fit();
    },
    show(node) {
      const [box, frame] = [node.getBoundingClientRect(), element.getBoundingClientRect()];
      const shift = (low: number, high: number, from: number, to: number): number =>
        low < from + EDGE ? from + EDGE - low : high > to - EDGE ? to - EDGE - high : 0;
      const x = shift(box.left, box.right, frame.left, frame.right);
      const y = shift(box.top, box.bottom, frame.top, frame.bottom);
      if (x === 0 && y === 0) return;
      const scale = panzoom.getScale();
      panzoom.pan(x / scale, y / scale, { relative: true, animate: moves() });
      changed();
    },
  };
}
