import { el, type Markup } from '../report/markup';
import { edgesOf, NODE_KINDS, type Graph, type GraphNode } from './graph';
import { nodeKindName, nodeKindTitle } from './texts';

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
