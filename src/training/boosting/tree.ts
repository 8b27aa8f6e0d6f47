import type { DecisionTree, TreeEnsemble } from '../../engine';
import type { NumberTable } from './bins';

/** Where an example ends up in a tree. */
export function leafOf(tree: DecisionTree, values: Float32Array, offset: number): number {
  const { features, thresholds, missingLeft, left, right } = tree;
  let node = 0;
  for (let feature = features[0] ?? -1; feature >= 0; feature = features[node] ?? -1) {
    const value = values[offset + feature] ?? NaN;
    const goesLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= (thresholds[node] ?? 0);
    node = (goesLeft ? left[node] : right[node]) ?? 0;
  }
  return node;
}

/** Adds what a tree says of each example to one of its outputs. */
export function addTree(
  tree: DecisionTree,
  { count, width, values }: NumberTable,
  scores: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let row = 0; row < count; row++) {
    const at = row * outputs + output;
    scores[at] = (scores[at] ?? 0) + (tree.values[leafOf(tree, values, row * width)] ?? 0);
  }
}

/** The outputs of examples, row by row. */
export function scoreTrees({ base, outputs, trees }: TreeEnsemble, table: NumberTable): Float64Array {
  const scores = Float64Array.from({ length: table.count * outputs }, (_, i) => base[i % outputs] ?? 0);
  trees.forEach((tree, i) => {
    addTree(tree, table, scores, i % outputs, outputs);
  });
  return scores;
}
