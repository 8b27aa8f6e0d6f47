import assert from 'node:assert/strict';
import { renderToString } from 'preact-render-to-string';
import {
  DiagramLegend,
  Drawing,
  NodeList,
  Picture,
} from '../../../../src/ui/browser/diagram/diagram-drawing';
import type { Graph, GraphEdge, GraphNode } from '../../../../src/ui/diagram/diagram-graph';
import { layOut } from '../../../../src/ui/diagram/diagram-layout';

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

const nothing = (): void => undefined;

describe('the drawing of a diagram', () => {
  it('names every node for those who do not see it, and every line', () => {
    const html = renderToString(<Drawing placed={layOut(small, measure)} />);
    assert.match(html, /aria-label="target b: one, two"/);
    assert.match(html, /<title>a to b<\/title>/);
    assert.equal(html.match(/data-node=/g)?.length, small.nodes.length);
  });

  it('has one node that Tab reaches, one that is pressed, and the edges near to it', () => {
    const html = renderToString(<Drawing placed={layOut(small, measure)} chosen="b" reached="a" />);
    assert.deepEqual(html.match(/tabindex="0"/g)?.length, 1);
    assert.match(html, /data-node="a"[^>]*tabindex="0"/);
    assert.match(html, /data-node="b"[^>]*aria-pressed="true"/);
    assert.equal(html.match(/aria-pressed="true"/g)?.length, 1);
    assert.equal(html.match(/class="edge \w+ near"/g)?.length, 2);
  });

  it('turns no text into markup', () => {
    const evil = '<script>alert(1)</script>"onload="x';
    const graph: Graph = {
      nodes: [{ ...node('x'), name: evil, id: evil, details: [evil] }],
      edges: [],
    };
    const html = renderToString(
      <>
        <Picture placed={layOut(graph, measure)} label={evil} />
        <NodeList graph={graph} choose={nothing} />
      </>,
    );
    assert.doesNotMatch(html, /<script|"onload/);
    assert.match(html, /&lt;script/);
  });

  it('explains the kinds of lines that there are, and no others', () => {
    const html = renderToString(<DiagramLegend graph={small} />);
    assert.match(html, /transfer learning/);
    assert.doesNotMatch(html, /trained jointly/);
  });
});

describe('the list of a diagram', () => {
  it('has every node, and below it what leads to it', () => {
    const html = renderToString(<NodeList graph={small} choose={nothing} />);
    for (const { name } of small.nodes) assert.match(html, new RegExp(`data-node="${name}"`));
    const [, ofB = ''] = /data-node="b".*?<ul>(.*?)<\/ul>/.exec(html) ?? [];
    assert.equal(ofB.match(/a to b/g)?.length, 2);
    const [, ofData = ''] = /data-node="data".*?<ul>(.*?)<\/ul>/.exec(html) ?? [];
    assert.match(ofData, /data to a/);
  });
});
