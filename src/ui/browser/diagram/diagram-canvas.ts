import Panzoom from '@panzoom/panzoom';
import type { PanzoomObject } from '@panzoom/panzoom';
import {
  type Direction,
  type MeasureText,
  type PlacedGraph,
  fitScale,
  nearestInDirection,
} from '../../diagram/diagram-layout';
import { drawingOf } from '../../diagram/diagram-markup';
import type { DiagramPageState } from '../../page-protocol';
import { prefersReducedMotion, toDom } from '../shared/dom';

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
interface Canvas {
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

export interface KeyActions {
  readonly placed: () => PlacedGraph;
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
const ZOOM_STEP = 1.25;
/** Pixels that Shift and an arrow move the drawing. */
const PAN_STEP = 60;
const PANS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [PAN_STEP, 0],
  right: [-PAN_STEP, 0],
  up: [0, PAN_STEP],
  down: [0, -PAN_STEP],
};

/** Arrows go from node to node, with Shift they move the drawing; + and − zoom, 0 fits, Enter and Space choose. */
export function followKeys(canvas: Canvas, { placed, choose, moved }: KeyActions): void {
  const act = (event: KeyboardEvent, id: string): boolean => {
    const direction = ARROWS[event.key];
    if (direction && event.shiftKey) canvas.panBy(...PANS[direction]);
    else if (direction) {
      const { nodes } = placed();
      const from = nodes.find(({ node }) => node.id === id);
      const to = from && nearestInDirection(from, direction, nodes);
      if (to) moved(to.node.id);
    } else if (event.key === 'Home' || event.key === 'End') {
      const { nodes } = placed();
      const to = event.key === 'Home' ? nodes[0] : nodes.at(-1);
      if (to) moved(to.node.id);
    } else if (event.key === '+' || event.key === '=') canvas.zoomBy(ZOOM_STEP);
    else if (event.key === '-') canvas.zoomBy(1 / ZOOM_STEP);
    else if (event.key === '0') canvas.fit();
    else if (event.key === 'Enter' || event.key === ' ') choose(id, event.key === 'Enter');
    else return false;
    return true;
  };
  canvas.element.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = event.target instanceof Element ? event.target.closest<SVGElement>('.node') : null;
    const id = node?.dataset['node'];
    if (id !== undefined && act(event, id)) event.preventDefault();
  });
}
