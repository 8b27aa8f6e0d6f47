import { Graph, layout } from '@dagrejs/dagre';
import layers from '../layers.json';
import { code, codes, table } from './markdown';

/** Each layer, what it holds and which layers it may import, from the bottom up. */
export function layerTable(): string {
  const rows = layers.map(({ name, holds, pure, imports }) => [
    code(`${name}/`),
    holds,
    pure ? 'yes' : '',
    imports.length > 0 ? codes(imports) : 'nothing',
  ]);
  return table(['layer', 'holds', 'pure', 'may import'], rows);
}

/** The arrows that no path over other layers implies: what the picture draws, as all others follow. */
export function essentialArrows(): readonly (readonly [from: string, to: string])[] {
  const imports = new Map(layers.map(({ name, imports: below }) => [name, new Set(below)]));
  const reaches = (from: string, to: string): boolean =>
    [...(imports.get(from) ?? [])].some(next => next === to || reaches(next, to));
  return layers.flatMap(({ name, imports: below }) =>
    below
      .filter(to => !below.some(between => between !== to && reaches(between, to)))
      .map(to => [name, to] as const),
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const BOX = { width: 150, height: 34 };

/** The layers and their arrows as SVG, readable on light and dark pages. */
export function layerPicture(): string {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 38, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  // From the top down, as in the text: the layer that imports stands above.
  for (const { name } of [...layers].reverse()) graph.setNode(name, { ...BOX });
  for (const [from, to] of essentialArrows()) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const edges = graph.edges().map(edge => {
    const { points = [] } = graph.edge(edge) as { readonly points?: readonly Point[] };
    return `<path class="arrow" d="M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L')}"/>`;
  });
  const boxes = layers.map(({ name, holds, pure }) => {
    const { x = 0, y = 0 } = graph.node(name) as Partial<Point>;
    return (
      `<g><title>${name}: ${escapeXml(holds)}</title>` +
      `<rect class="${pure ? 'pure' : 'box'}" x="${(x - BOX.width / 2).toFixed(1)}" y="${(y - BOX.height / 2).toFixed(1)}" ` +
      `width="${String(BOX.width)}" height="${String(BOX.height)}" rx="5"/>` +
      `<text x="${x.toFixed(1)}" y="${(y + 5).toFixed(1)}">${name}</text></g>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(Math.ceil(width))} ${String(Math.ceil(height))}" width="${String(Math.ceil(width))}" role="img" aria-labelledby="title">
<title id="title">The layers of src/ and their imports</title>
<style>
  text { font: 14px system-ui, sans-serif; text-anchor: middle; fill: #1f2328; }
  rect { fill: #ffffff; stroke: #59636e; } .pure { fill: #ddf4ff; stroke: #0969da; }
  .arrow { fill: none; stroke: #59636e; marker-end: url(#head); } #head path { fill: #59636e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } rect { fill: #151b23; stroke: #9198a1; } .pure { fill: #0c2d6b; stroke: #4493f8; }
    .arrow { stroke: #9198a1; } #head path { fill: #9198a1; }
  }
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${[...edges, ...boxes].join('\n')}
</svg>
`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
