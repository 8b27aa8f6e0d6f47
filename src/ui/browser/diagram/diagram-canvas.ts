import Panzoom from '@panzoom/panzoom';
import type { PanzoomObject } from '@panzoom/panzoom';
import {
  type Direction,
  type MeasureText,
  type PlacedGraph,
  fitScale,
  nearestInDirection,
} from '../../diagram/diagram-layout';
import type { DiagramPageState } from '../../diagram/diagram-page-messages';
import { prefersReducedMotion } from '../shared/animation-frame';

/** Measures texts as the drawing shows them: 12 pixels high, in the font of the page. */
export function createMeasure(): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text => 7 * text.length;
  const { fontFamily } = getComputedStyle(document.body);
  context.font = `12px ${fontFamily}`;
  return text => context.measureText(text).width;
}

export type View = NonNullable<DiagramPageState['view']>;

/** A drawing that is moved and zoomed, by mouse and by keys. */
export interface Canvas {
  /** There is another drawing, of this size; what is shown of it stays, or is all of it where the user has not chosen. */
  readonly sized: (size: { readonly width: number; readonly height: number }) => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly fit: () => void;
  /** Moves as little as shows a node. */
  readonly show: (node: Element) => void;
}

const LIMITS = { minScale: 0.02, maxScale: 4 } as const;
/** How near a node comes to the edge when it is shown, in pixels. */
const EDGE = 12;

export interface CanvasActions {
  /** Told what is shown, once the user has chosen it; told nothing where all is. */
  readonly keep: (view?: View) => void;
  /** Told before all of it is shown: it may be drawn anew for the room that there is. */
  readonly arrange: () => void;
}

/** Moves and zooms the layer of a drawing in its element. */
export function createCanvas(
  element: SVGSVGElement,
  layer: SVGGElement,
  first: View | undefined,
  { keep, arrange }: CanvasActions,
): Canvas {
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
  const moves = (): boolean => !prefersReducedMotion();
  const changed = (): void => {
    isFitted = false;
    keep({ scale: panzoom.getScale(), ...panzoom.getPan() });
  };
  const fit = (): void => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width === 0 || height === 0) return;
    const scale = Math.max(LIMITS.minScale, fitScale({ width, height }, size));
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
    sized(next) {
      size = next;
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

export interface KeyActions {
  readonly placed: PlacedGraph;
  readonly canvas: Canvas;
  readonly choose: (node: string, focus: boolean) => void;
  /** The keyboard is on another node. */
  readonly moved: (node: string) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
export const ZOOM_STEP = 1.25;
/** Pixels that Shift and an arrow move the drawing. */
const PAN_STEP = 60;
const PANS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [PAN_STEP, 0],
  right: [-PAN_STEP, 0],
  up: [0, PAN_STEP],
  down: [0, -PAN_STEP],
};

/**
 * What a key does on a node: arrows go from node to node, with Shift they move the drawing; + and − zoom, 0 fits,
 * Enter and Space choose.
 *
 * @returns whether it does anything
 */
export function actOnKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  id: string,
  { placed: { nodes }, canvas, choose, moved }: KeyActions,
): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const direction = ARROWS[key];
  if (direction && shiftKey) canvas.panBy(...PANS[direction]);
  else if (direction) {
    const from = nodes.find(({ node }) => node.id === id);
    const to = from && nearestInDirection(from, direction, nodes);
    if (to) moved(to.node.id);
  } else if (key === 'Home' || key === 'End') {
    const to = key === 'Home' ? nodes[0] : nodes.at(-1);
    if (to) moved(to.node.id);
  } else if (key === '+' || key === '=') canvas.zoomBy(ZOOM_STEP);
  else if (key === '-') canvas.zoomBy(1 / ZOOM_STEP);
  else if (key === '0') canvas.fit();
  else if (key === 'Enter' || key === ' ') choose(id, key === 'Enter');
  else return false;
  return true;
}
