import { neighbour, type Direction } from '../../diagram/neighbour';
import type { PlacedGraph } from '../../diagram/layout';
import type { Canvas } from './canvas';

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
      const to = from && neighbour(from, direction, nodes);
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
