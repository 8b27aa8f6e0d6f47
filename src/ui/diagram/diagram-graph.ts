/** The problem as a diagram has it: nodes and edges, with their texts. */

export const NODE_KINDS = ['target', 'task', 'stage', 'engineered', 'dataset'] as const;
export const EDGE_KINDS = ['data', 'transfer', 'multitask', 'shares', 'stage', 'source'] as const;

/** `engineered`: a stage that needs no data. */
export type NodeKind = (typeof NODE_KINDS)[number];

/**
 * `data`: a dataset has labels for a task; `stage`: a stage leads to the next; `source`: a dataset was made from
 * another. `multitask` and `shares` have no direction.
 */
export type EdgeKind = (typeof EDGE_KINDS)[number];

export interface GraphNode {
  /** The same for as long as the node is about the same thing. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** Further details, one line each. */
  readonly details: readonly string[];
  /** What is recommended for it. */
  readonly strategy?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** What it says, as a sentence. */
  readonly text: string;
  /** A word or two beside the line. */
  readonly label?: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function hasDirection(kind: EdgeKind): boolean {
  return kind !== 'multitask' && kind !== 'shares';
}

/** What to read of a node: what leads to it and, of a dataset, where it leads. */
export function edgesOf({ id, kind }: GraphNode, { edges }: Graph): readonly GraphEdge[] {
  return edges.filter(
    edge => edge.to === id || (edge.from === id && (kind === 'dataset' || !hasDirection(edge.kind))),
  );
}
