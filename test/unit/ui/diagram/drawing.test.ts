import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Graph, GraphEdge, GraphNode } from '../../../../src/ui/diagram/diagram-graph';
import {
  MAX_NODES,
  type PlacedGraph,
  layOut,
  layOutToFit,
  limitNodes,
  nearestInDirection,
  truncateMiddle,
} from '../../../../src/ui/diagram/diagram-layout';
import { diagramPageMessages, readDiagramPageState } from '../../../../src/ui/diagram/diagram-page-messages';

const measure = (text: string): number => 7 * Array.from(text).length;

const node = (name: string, kind: GraphNode['kind'] = 'task'): GraphNode => ({
  ...{ id: name, kind, name, details: ['one', 'two'] },
});

const edge = (from: string, to: string, kind: GraphEdge['kind'] = 'data'): GraphEdge => ({
  ...{ from, to, kind, text: `${from} to ${to}` },
});

const small: Graph = {
  nodes: [node('b', 'target'), node('a'), node('data', 'dataset'), node('alone', 'engineered')],
  edges: [edge('data', 'a'), edge('a', 'b', 'transfer'), edge('a', 'b', 'shares')],
};

function overlaps({ nodes }: PlacedGraph): string[] {
  return nodes.flatMap((one, i) =>
    nodes
      .slice(i + 1)
      .filter(
        other =>
          Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
          Math.abs(one.y - other.y) < (one.height + other.height) / 2,
      )
      .map(other => `${one.node.id} ${other.node.id}`),
  );
}

describe('the layout of a diagram', () => {
  it('reads from left to right, and puts nothing over anything else', () => {
    const placed = layOut(small, measure);
    const x = new Map(placed.nodes.map(each => [each.node.id, each.x]));
    assert.ok(x.get('data')! < x.get('a')! && x.get('a')! < x.get('b')!);
    assert.deepEqual(overlaps(placed), []);
    for (const { points } of placed.edges) assert.ok(points.length >= 2);
    const inside = placed.nodes.every(
      ({ x: middle, y, width, height }) =>
        middle - width / 2 >= 0 &&
        middle + width / 2 <= placed.width &&
        y - height / 2 >= 0 &&
        y + height / 2 <= placed.height,
    );
    assert.ok(inside);
  });

  it('turns from top to bottom where it is then seen larger', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map(name => node(name));
    const edges = nodes.slice(1).map(({ id }, i) => edge(nodes[i]!.id, id, 'transfer'));
    const graph = { nodes, edges: [...edges, edge('a', 'b', 'shares'), edge('a', 'e', 'shares')] };
    assert.equal(layOutToFit({ width: 2000, height: 300 }, graph, measure).flow, 'right');
    assert.equal(layOutToFit({ width: 600, height: 300 }, graph, measure).flow, 'right');
    assert.equal(layOutToFit({ width: 0, height: 0 }, graph, measure).flow, 'right');
    const down = layOutToFit({ width: 300, height: 600 }, graph, measure);
    assert.equal(down.flow, 'down');
    assert.deepEqual(overlaps(down), []);
    const heights = down.nodes.map(({ y }) => y);
    assert.deepEqual(
      heights,
      heights.toSorted((one, other) => one - other),
    );
    for (const { points } of down.edges)
      for (const { x, y } of points) assert.ok(x >= 0 && x <= down.width && y >= 0 && y <= down.height);
  });

  it('has room for nothing, and for a ring', () => {
    assert.deepEqual(layOut({ nodes: [], edges: [] }, measure).nodes, []);
    const ring = {
      nodes: [node('a'), node('b')],
      edges: [edge('a', 'b', 'source'), edge('b', 'a', 'source')],
    };
    assert.deepEqual(overlaps(layOut(ring, measure)), []);
  });

  it('copes with hundreds of nodes, and draws no more than can be looked at', () => {
    const nodes = Array.from({ length: 300 }, (_, i) => node(`n${i}`));
    const edges = nodes.slice(1).map(({ id }, i) => edge(`n${Math.floor(i / 3)}`, id));
    assert.deepEqual(overlaps(layOut({ nodes, edges }, measure)), []);
    const many = Array.from({ length: MAX_NODES + 20 }, (_, i) => node(`n${i}`));
    const kept = limitNodes({ nodes: many, edges: [edge('n0', `n${MAX_NODES + 5}`), edge('n0', 'n1')] });
    assert.equal(kept.nodes.length, MAX_NODES);
    assert.equal(kept.edges.length, 1);
  });

  it('shortens long names in the middle, by whole characters', () => {
    assert.equal(truncateMiddle('short', 100, measure), 'short');
    const long = truncateMiddle(`begin${'x'.repeat(100_000)}end`, 140, measure);
    assert.match(long, /^begin.*…x*end$/);
    assert.ok(measure(long) <= 140);
    const family = '👩‍👩‍👧';
    assert.match(truncateMiddle(family.repeat(40), 100, measure), /^(?:👩‍👩‍👧)*…(?:👩‍👩‍👧)*$/u);
    assert.equal(truncateMiddle('wide', 0, measure), '…');
  });

  it('finds the next node in a direction', () => {
    const { nodes } = layOut(small, measure);
    const a = nodes.find(each => each.node.id === 'a')!;
    assert.equal(nearestInDirection(a, 'right', nodes)?.node.id, 'b');
    assert.equal(nearestInDirection(a, 'left', nodes)?.node.id, 'data');
    const b = nodes.find(each => each.node.id === 'b')!;
    assert.equal(nearestInDirection(b, 'right', nodes), undefined);
  });
});

describe('the messages of a diagram', () => {
  const { requests, notifications } = diagramPageMessages;

  it('are read where they fit, and refused as a whole where they do not', () => {
    const isGraph = (value: unknown): boolean => v.is(notifications.graph, value);
    assert.ok(isGraph({ name: 'a', graph: small }));
    assert.equal(isGraph({ name: 'a', graph: { nodes: [{ id: 1 }], edges: [] } }), false);
    assert.equal(isGraph(undefined), false);
    assert.ok(v.is(requests.reveal.params, { node: 'a', focus: false }));
    assert.equal(v.is(requests.reveal.params, { node: 1, focus: false }), false);
    assert.equal(v.is(requests.save.params, { name: '../a.svg', content: '' }), false);
    assert.ok(readDiagramPageState({ version: 1, scope: 'x', view: { scale: 1, x: 0, y: 0 } }));
    assert.equal(readDiagramPageState({ version: 1, scope: 'x', view: { scale: 0, x: 0, y: 0 } }), undefined);
  });
});
