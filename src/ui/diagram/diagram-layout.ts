import { Graph as Layout, layout } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from './diagram-graph';

/** How wide a text is, in pixels. */
export type MeasureText = (text: string) => number;

/** A text that fits: whole, or its beginning and its end with an ellipsis between them, never half a character. */
export function truncateMiddle(text: string, width: number, measure: MeasureText): string {
  if (measure(text) <= width) return text;
  // Of a text of a megabyte nobody measures every cut.
  const letters = graphemes(text.length > 1000 ? `${text.slice(0, 500)}${text.slice(-500)}` : text);
  let [low, high] = [0, letters.length];
  const cut = (kept: number): string => {
    const end = Math.floor(kept / 3);
    return `${letters.slice(0, kept - end).join('')}…${end > 0 ? letters.slice(-end).join('') : ''}`;
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}

function graphemes(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node and the middle of where it stands, with its texts as they fit. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
}

/** Where a diagram leads to. */
export type Flow = 'right' | 'down';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A diagram with a place for everything, in pixels. */
export interface PlacedGraph extends Size {
  readonly flow: Flow;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const MARGIN = 16;
export const LINE_HEIGHT = 16;
export const PADDING = 10;
const WIDEST = 220;
const NARROWEST = 72;
/** From so many nodes on, a layout that is nearly as good takes half the time. */
const MANY_NODES = 120;
/** More are not drawn: nobody finds a way through them, and the list has them all. */
export const MAX_NODES = 500;

/** The part of a graph that is drawn: of very many nodes the first, which are its tasks. */
export function limitNodes(graph: Graph): Graph {
  const nodes = graph.nodes.slice(0, MAX_NODES);
  const ids = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** How far a drawing is shrunk to be seen whole; it is never enlarged. */
export function fitScale(room: Size, { width, height }: Size): number {
  return Math.min(1, room.width / width, room.height / height);
}

/** How much larger a diagram has to be from top to bottom for that to be worth an unusual direction. */
const TRANSPOSED_GAIN = 1.15;

/**
 * The same from left to right or, where it is then seen larger, from top to bottom: panels beside code are narrow.
 *
 * @param room what there is to show all of it in, in pixels
 */
export function layOutToFit(room: Size, graph: Graph, measure: MeasureText): PlacedGraph {
  const right = layOut(graph, measure);
  const scale = fitScale(room, right);
  if (scale >= 1 || room.width === 0 || graph.nodes.length > MANY_NODES) return right;
  const down = layOut(graph, measure, 'down');
  return fitScale(room, down) > TRANSPOSED_GAIN * scale ? down : right;
}

/**
 * Finds a place for every node and a way for every edge, one after the other: data, sources, targets.
 *
 * @param measure how wide a text is in pixels
 */
export function layOut(graph: Graph, measure: MeasureText, flow: Flow = 'right'): PlacedGraph {
  const { nodes, edges } = graph;
  if (nodes.length === 0) return { flow, width: 0, height: 0, nodes: [], edges: [] };
  const space = new Layout({ multigraph: true });
  const [rankdir, ranksep] = flow === 'right' ? ['LR', 64] : ['TB', 40];
  space.setGraph({
    ...{ rankdir, nodesep: 18, ranksep, edgesep: 12, marginx: MARGIN, marginy: MARGIN },
    ranker: nodes.length > MANY_NODES ? 'tight-tree' : 'network-simplex',
  });
  const lines = new Map(nodes.map(node => [node.id, linesOf(node, measure)]));
  for (const { id } of nodes) space.setNode(id, sizeOf(lines.get(id) ?? [], measure));
  // What only says that two tasks are alike puts neither before the other.
  const [free, ordering] = [
    edges.filter(({ kind }) => kind === 'shares'),
    edges.filter(({ kind }) => kind !== 'shares'),
  ];
  for (const edge of ordering) space.setEdge(edge.from, edge.to, labelSize(edge, measure), edge.kind);
  layout(space);
  const placed = nodes.map((node): PlacedNode => {
    const { x = 0, y = 0, width, height } = space.node(node.id) as Partial<Point> & Size;
    return { node, x, y, width, height, lines: lines.get(node.id) ?? [] };
  });
  const places = new Map(placed.map(each => [each.node.id, each]));
  const { width = 0, height = 0 } = space.graph() as Partial<Size>;
  const arcs = free.map((edge): PlacedEdge => ({
    edge,
    points: arc(places.get(edge.from), places.get(edge.to), flow),
  }));
  const ways = ordering.map((edge): PlacedEdge => {
    const { points } = space.edge(edge.from, edge.to, edge.kind) as { points?: readonly Point[] };
    return { edge, points: points ?? [] };
  });
  const bends = arcs.flatMap(({ points }) => points);
  return {
    flow,
    width: Math.max(width, ...bends.map(({ x }) => x + MARGIN)),
    height: Math.max(height, ...bends.map(({ y }) => y + MARGIN)),
    nodes: placed,
    edges: [...ways, ...arcs],
  };
}

function linesOf({ name, details }: GraphNode, measure: MeasureText): readonly string[] {
  return [name, ...details].map(line => truncateMiddle(line, WIDEST, measure));
}

function sizeOf(lines: readonly string[], measure: MeasureText): Size {
  const widest = Math.max(NARROWEST, ...lines.map(measure));
  return { width: widest + 2 * PADDING, height: lines.length * LINE_HEIGHT + 2 * PADDING - 4 };
}

function labelSize({ label }: GraphEdge, measure: MeasureText): Partial<Size> {
  return label === undefined ? {} : { width: measure(label) + 6, height: LINE_HEIGHT };
}

/** A line between two nodes that leaves both where the flow goes, or goes from the end of one to the start of the other. */
function arc(from: PlacedNode | undefined, to: PlacedNode | undefined, flow: Flow): readonly Point[] {
  if (!from || !to) return [];
  if (flow === 'right') return arcToTheRight(from, to);
  return arcToTheRight(transposed(from), transposed(to)).map(transposedPoint);
}

type Box = Point & Size;

function transposed({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width };
}

function transposedPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

function arcToTheRight(from: Box, to: Box): readonly Point[] {
  const [left, right] = from.x <= to.x ? [from, to] : [to, from];
  const start = { x: left.x + left.width / 2, y: left.y };
  const isApart = right.x - right.width / 2 > start.x + 24;
  if (isApart) {
    const end = { x: right.x - right.width / 2, y: right.y };
    const middle = (start.x + end.x) / 2;
    return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
  }
  const end = { x: right.x + right.width / 2, y: right.y };
  const bulge = Math.max(start.x, end.x) + 28;
  return [start, { x: bulge, y: start.y }, { x: bulge, y: end.y }, end];
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest node in a direction, those straight ahead before those aside. */
export function nearestInDirection(
  of: PlacedNode,
  direction: Direction,
  nodes: readonly PlacedNode[],
): PlacedNode | undefined {
  const ahead = nodes.flatMap(node => {
    const [dx, dy] = [node.x - of.x, node.y - of.y];
    const [along, aside] =
      direction === 'left' || direction === 'right' ? [dx, Math.abs(dy)] : [dy, Math.abs(dx)];
    const distance = direction === 'left' || direction === 'up' ? -along : along;
    return distance > 1 ? [{ node, cost: distance + 2 * aside }] : [];
  });
  return ahead.reduce<(typeof ahead)[number] | undefined>(
    (best, each) => (best && best.cost <= each.cost ? best : each),
    undefined,
  )?.node;
}
