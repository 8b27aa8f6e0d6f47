import type { VNode } from 'preact';
import {
  EDGE_KINDS,
  type EdgeKind,
  type Graph,
  type GraphNode,
  NODE_KINDS,
  edgesOf,
  hasDirection,
} from '../../diagram/diagram-graph';
import {
  LINE_HEIGHT,
  PADDING,
  type PlacedEdge,
  type PlacedGraph,
  type PlacedNode,
  type Point,
} from '../../diagram/diagram-layout';
import { edgeKindName, nodeKindName, nodeKindTitle, nodeText } from '../../diagram/diagram-text';
import { colorOf } from '../../strategy-colors';

/** Lines differ by dashes too: nobody has to tell colours apart. */
const DASHES: Readonly<Partial<Record<EdgeKind, string>>> = {
  shares: '2 4',
  source: '6 4',
  multitask: '9 3 2 3',
};

const isSignal = (kind: EdgeKind): boolean => kind === 'transfer' || kind === 'multitask';

export interface DrawingProps {
  readonly placed: PlacedGraph;
  /** The node that was chosen last. */
  readonly chosen?: string | undefined;
  /** The node that Tab reaches; arrows lead to the others from there. */
  readonly reached?: string | undefined;
}

/** Edges behind nodes. Each node says what it is, and can be chosen. */
export function Drawing({ placed, chosen, reached }: DrawingProps): VNode {
  return (
    <>
      <g class="edges">
        {placed.edges.map((each, i) => (
          <Edge key={i} placed={each} isNear={[each.edge.from, each.edge.to].includes(chosen ?? '')} />
        ))}
      </g>
      <g class="nodes">
        {placed.nodes.map(each => (
          <Node
            key={each.node.id}
            placed={each}
            isChosen={each.node.id === chosen}
            isReached={each.node.id === reached}
          />
        ))}
      </g>
    </>
  );
}

/** The same as a picture of its own. */
export function Picture({ placed, label }: { readonly placed: PlacedGraph; readonly label: string }): VNode {
  const [width, height] = [Math.max(1, Math.ceil(placed.width)), Math.max(1, Math.ceil(placed.height))];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      class="diagram"
    >
      <Drawing placed={placed} />
    </svg>
  );
}

/** What each kind of line means, of those that there are. */
export function DiagramLegend({ graph: { edges } }: { readonly graph: Graph }): VNode {
  const kinds = EDGE_KINDS.filter(kind => edges.some(edge => edge.kind === kind));
  return (
    <ul class="legend">
      {kinds.map(kind => (
        <li key={kind}>
          <svg viewBox="0 0 34 12" width={34} height={12} aria-hidden="true" class="diagram">
            <Line
              kind={kind}
              points={[
                { x: 1, y: 6 },
                { x: 32, y: 6 },
              ]}
            />
          </svg>
          {edgeKindName(kind)}
        </li>
      ))}
    </ul>
  );
}

interface NodeProps {
  readonly placed: PlacedNode;
  readonly isChosen: boolean;
  readonly isReached: boolean;
}

function Node({ placed, isChosen, isReached }: NodeProps): VNode {
  const { node, x, y, width, height, lines } = placed;
  const [left, top] = [x - width / 2, y - height / 2];
  const text = nodeText(node);
  return (
    <g
      class={`node ${node.kind}`}
      data-node={node.id}
      role="button"
      tabindex={isReached ? 0 : -1}
      aria-label={text}
      aria-pressed={isChosen}
    >
      <title>{text}</title>
      <rect
        class="box"
        x={rounded(left)}
        y={rounded(top)}
        width={rounded(width)}
        height={rounded(height)}
        rx={node.kind === 'dataset' ? rounded(height / 2) : 4}
      />
      {node.strategy !== undefined && (
        <rect
          x={rounded(left)}
          y={rounded(top + 4)}
          width={4}
          height={rounded(height - 8)}
          fill={colorOf(node.strategy)}
        />
      )}
      {lines.map((line, i) => (
        <text
          key={i}
          class={i === 0 ? 'name' : 'detail'}
          text-anchor="middle"
          x={rounded(x)}
          y={rounded(top + PADDING + 10 + i * LINE_HEIGHT)}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function Edge({
  placed: { edge, points },
  isNear,
}: {
  readonly placed: PlacedEdge;
  readonly isNear: boolean;
}): VNode {
  const middle = points[Math.floor(points.length / 2)];
  return (
    <g class={`edge ${edge.kind}${isNear ? ' near' : ''}`} data-from={edge.from} data-to={edge.to}>
      <title>{edge.text}</title>
      <Line kind={edge.kind} points={points} />
      {edge.label !== undefined && middle && (
        <text class="detail" text-anchor="middle" x={rounded(middle.x)} y={rounded(middle.y - 4)}>
          {edge.label}
        </text>
      )}
    </g>
  );
}

function Line({ kind, points }: { readonly kind: EdgeKind; readonly points: readonly Point[] }): VNode {
  const color = isSignal(kind) ? colorOf(kind) : undefined;
  return (
    <g class={`line ${kind}`} stroke={color}>
      <path
        d={curve(points)}
        fill="none"
        stroke-width={isSignal(kind) ? 2.5 : 1.3}
        stroke-dasharray={DASHES[kind]}
      />
      {hasDirection(kind) && <path class="head" d={head(points)} fill={color} />}
    </g>
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

/** Files of drawings stay small: a hundredth of a pixel is seen by nobody. */
function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}

/** The same as the drawing, to be read: every node, and below it what leads to it. */
export function NodeList({
  graph,
  choose,
}: {
  readonly graph: Graph;
  readonly choose: (id: string) => void;
}): VNode {
  const titles = [...new Set(NODE_KINDS.map(nodeKindTitle))];
  return (
    <div>
      {titles.map(title => {
        const nodes = graph.nodes.filter(({ kind }) => nodeKindTitle(kind) === title);
        if (nodes.length === 0) return undefined;
        return [
          <h3 key={title}>{`${title} (${nodes.length})`}</h3>,
          <ul key={`${title} nodes`} class="nodes">
            {nodes.map(node => (
              <NodeItem key={node.id} node={node} graph={graph} choose={choose} />
            ))}
          </ul>,
        ];
      })}
    </div>
  );
}

interface NodeItemProps {
  readonly node: GraphNode;
  readonly graph: Graph;
  readonly choose: (id: string) => void;
}

function NodeItem({ node, graph, choose }: NodeItemProps): VNode {
  const edges = edgesOf(node, graph);
  const { id, name, kind, details } = node;
  const facts = [...(kind === 'engineered' ? [nodeKindName(kind)] : []), ...details];
  return (
    <li>
      <button
        type="button"
        class="link"
        data-node={id}
        onClick={() => {
          choose(id);
        }}
      >
        <bdi>{name}</bdi>
      </button>
      {details.length > 0 && <span class="facts">{` ${facts.join(' · ')}`}</span>}
      {edges.length > 0 && (
        <ul>
          {edges.map(({ text }, i) => (
            <li key={i}>
              <bdi>{text}</bdi>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
