import { Graph as Layout, layout } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from './graph';
import { shortened, type Measure } from './shorten';

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

/** A diagram with a place for everything, in pixels. */
export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
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
export const MOST_NODES = 500;

/** The part of a graph that is drawn: of very many nodes the first, which are its tasks. */
export function drawn(graph: Graph): Graph {
  const nodes = graph.nodes.slice(0, MOST_NODES);
  const ids = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/**
 * Finds a place for every node and a way for every edge, from left to right: data, sources, targets.
 *
 * @param measure how wide a text is in pixels
 */
export function layOut(graph: Graph, measure: Measure): PlacedGraph {
  const { nodes, edges } = graph;
  if (nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  const space = new Layout({ multigraph: true });
  space.setGraph({
    ...{ rankdir: 'LR', nodesep: 18, ranksep: 64, edgesep: 12, marginx: MARGIN, marginy: MARGIN },
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
    points: arc(places.get(edge.from), places.get(edge.to)),
  }));
  const ways = ordering.map((edge): PlacedEdge => {
    const { points } = space.edge(edge.from, edge.to, edge.kind) as { points?: readonly Point[] };
    return { edge, points: points ?? [] };
  });
  const rightmost = Math.max(width, ...arcs.flatMap(({ points }) => points.map(({ x }) => x + MARGIN)));
  return { width: rightmost, height, nodes: placed, edges: [...ways, ...arcs] };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function linesOf({ name, details }: GraphNode, measure: Measure): readonly string[] {
  return [name, ...details].map(line => shortened(line, WIDEST, measure));
}

function sizeOf(lines: readonly string[], measure: Measure): Size {
  const widest = Math.max(NARROWEST, ...lines.map(measure));
  return { width: widest + 2 * PADDING, height: lines.length * LINE_HEIGHT + 2 * PADDING - 4 };
}

function labelSize({ label }: GraphEdge, measure: Measure): Partial<Size> {
  return label === undefined ? {} : { width: measure(label) + 6, height: LINE_HEIGHT };
}

/** A line between two nodes that leaves both on their right, or goes from the one's right to the other's left. */
function arc(from: PlacedNode | undefined, to: PlacedNode | undefined): readonly Point[] {
  if (!from || !to) return [];
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
