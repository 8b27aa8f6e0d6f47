import { type Markup, el } from '../markup';
import { colorOf } from '../strategy-colors';
import {
  EDGE_KINDS,
  type EdgeKind,
  type Graph,
  type GraphNode,
  NODE_KINDS,
  edgesOf,
  hasDirection,
} from './diagram-graph';
import {
  LINE_HEIGHT,
  PADDING,
  type PlacedEdge,
  type PlacedGraph,
  type PlacedNode,
  type Point,
} from './diagram-layout';
import { edgeKindName, nodeKindName, nodeKindTitle, nodeText } from './diagram-text';

/** Lines differ by dashes too: nobody has to tell colours apart. */
const DASHES: Readonly<Partial<Record<EdgeKind, string>>> = {
  shares: '2 4',
  source: '6 4',
  multitask: '9 3 2 3',
};

const isSignal = (kind: EdgeKind): boolean => kind === 'transfer' || kind === 'multitask';

/** Edges behind nodes. Each node says what it is, and can be chosen. */
export function drawingOf({ nodes, edges }: PlacedGraph): readonly Markup[] {
  return [
    el('g', { class: 'edges' }, edges.map(edgeMarkup)),
    el('g', { class: 'nodes' }, nodes.map(nodeMarkup)),
  ];
}

/** The same as a picture of its own. */
export function pictureOf(placed: PlacedGraph, label: string): Markup {
  const [width, height] = [Math.max(1, Math.ceil(placed.width)), Math.max(1, Math.ceil(placed.height))];
  return el(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label, class: 'diagram' },
    ...drawingOf(placed),
  );
}

/** What each kind of line means, of those that there are. */
export function legendOf({ edges }: Graph): Markup {
  const kinds = EDGE_KINDS.filter(kind => edges.some(edge => edge.kind === kind));
  return el(
    'ul',
    { class: 'legend' },
    kinds.map(kind =>
      el(
        'li',
        {},
        el(
          'svg',
          { viewBox: '0 0 34 12', width: 34, height: 12, 'aria-hidden': 'true', class: 'diagram' },
          line(kind, [
            { x: 1, y: 6 },
            { x: 32, y: 6 },
          ]),
        ),
        edgeKindName(kind),
      ),
    ),
  );
}

function nodeMarkup({ node, x, y, width, height, lines }: PlacedNode): Markup {
  const [left, top] = [x - width / 2, y - height / 2];
  const text = nodeText(node);
  return el(
    'g',
    { class: `node ${node.kind}`, 'data-node': node.id, role: 'button', tabindex: -1, 'aria-label': text },
    el('title', {}, text),
    el('rect', {
      class: 'box',
      x: left,
      y: top,
      width,
      height,
      rx: node.kind === 'dataset' ? height / 2 : 4,
    }),
    node.strategy === undefined
      ? undefined
      : el('rect', { x: left, y: top + 4, width: 4, height: height - 8, fill: colorOf(node.strategy) }),
    lines.map((each, index) =>
      el(
        'text',
        {
          ...{ class: index === 0 ? 'name' : 'detail', 'text-anchor': 'middle', x },
          y: top + PADDING + 10 + index * LINE_HEIGHT,
        },
        each,
      ),
    ),
  );
}

function edgeMarkup({ edge, points }: PlacedEdge): Markup {
  const middle = points[Math.floor(points.length / 2)];
  return el(
    'g',
    { class: `edge ${edge.kind}`, 'data-from': edge.from, 'data-to': edge.to },
    el('title', {}, edge.text),
    line(edge.kind, points),
    edge.label === undefined || !middle
      ? undefined
      : el('text', { class: 'detail', 'text-anchor': 'middle', x: middle.x, y: middle.y - 4 }, edge.label),
  );
}

function line(kind: EdgeKind, points: readonly Point[]): Markup {
  const color = isSignal(kind) ? colorOf(kind) : undefined;
  return el(
    'g',
    { class: `line ${kind}`, stroke: color },
    el('path', {
      ...{ d: curve(points), fill: 'none', 'stroke-width': isSignal(kind) ? 2.5 : 1.3 },
      'stroke-dasharray': DASHES[kind],
    }),
    hasDirection(kind) ? el('path', { class: 'head', d: head(points), fill: color }) : undefined,
  );
}

/** A line through the middles between points, bent at the points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${at(first)}`];
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    parts.push(
      next
        ? `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`
        : `L${at(point)}`,
    );
  });
  return parts.join('');
}

const HEAD = 9;

/** A triangle at the end of a line. A path of its own: other programs draw the markers of SVG in their own colours. */
function head(points: readonly Point[]): string {
  const [before, end] = points.slice(-2);
  if (!before || !end) return '';
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number): Point => ({
    x: end.x - HEAD * Math.cos(angle + turn),
    y: end.y - HEAD * Math.sin(angle + turn),
  });
  return `M${at(end)}L${at(corner(0.4))}L${at(corner(-0.4))}Z`;
}

function at({ x, y }: Point): string {
  return `${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}`;
}

/** The diagram in words: every node with what is said of it, and below it what leads where. */
export function listOf(graph: Graph): readonly Markup[] {
  const titles = [...new Set(NODE_KINDS.map(nodeKindTitle))];
  return titles.flatMap(title => {
    const nodes = graph.nodes.filter(({ kind }) => nodeKindTitle(kind) === title);
    return nodes.length === 0
      ? []
      : [
          el('h3', {}, `${title} (${nodes.length})`),
          el(
            'ul',
            { class: 'nodes' },
            nodes.map(node => item(node, graph)),
          ),
        ];
  });
}

function item(node: GraphNode, graph: Graph): Markup {
  const edges = edgesOf(node, graph);
  const isOther = node.kind === 'engineered';
  return el(
    'li',
    {},
    el('button', { type: 'button', class: 'link', 'data-node': node.id }, el('bdi', {}, node.name)),
    node.details.length === 0
      ? undefined
      : el(
          'span',
          { class: 'facts' },
          ` ${[...(isOther ? [nodeKindName(node.kind)] : []), ...node.details].join(' · ')}`,
        ),
    edges.length === 0
      ? undefined
      : el(
          'ul',
          {},
          edges.map(({ text }) => el('li', {}, el('bdi', {}, text))),
        ),
  );
}
