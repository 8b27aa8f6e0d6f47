import type { DecisionTree } from '../../engine';
import type { BinnedTable } from './bins';

export interface GrowOptions {
  /** Leaves of a tree at most. */
  readonly leaves: number;
  /** Examples that a leaf has at least. */
  readonly minRows: number;
  /** The sum of second derivatives that a leaf has at least. */
  readonly minCurvature: number;
  /** The penalty on the squares of leaves. */
  readonly l2: number;
  readonly learningRate: number;
}

/** First and second derivatives of the loss by each example's output. */
export interface Derivatives {
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

/** Sums over the examples of a leaf, for each bin of each feature. */
interface Histogram {
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
  readonly counts: Float64Array;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  /** Examples of this bin and those below it go left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly left: Sums;
}

interface Sums {
  readonly slope: number;
  readonly curvature: number;
  readonly count: number;
}

interface Leaf {
  readonly node: number;
  /** Which of the ordered rows are in it. */
  readonly from: number;
  readonly to: number;
  readonly sums: Sums;
  histogram: Histogram | undefined;
  split: Split | undefined;
}

/**
 * Grows a tree leaf by leaf, always where the loss falls most (Shi 2007; as LightGBM does, Ke et al. 2017): the sums of
 * a leaf's derivatives for each bin tell what each split gains, and those of the larger half of a split are the
 * difference of its parent and the smaller half. Equal arguments give equal trees.
 *
 * @param rows the examples that it learns from; put in another order
 * @param features the features that it may ask for
 */
export function growTree(
  table: BinnedTable,
  derivatives: Derivatives,
  rows: Int32Array,
  features: Int32Array,
  options: GrowOptions,
): DecisionTree {
  const tree = emptyTree(2 * options.leaves - 1);
  const spare = new Int32Array(rows.length);
  const gather = gatherer(table, derivatives, rows, features);
  const root: Leaf = {
    node: tree.count++,
    from: 0,
    to: rows.length,
    sums: sumsOf(derivatives, rows),
    histogram: undefined,
    split: undefined,
  };
  root.histogram = gather(root.from, root.to);
  root.split = bestSplit(table, root, features, options);
  const leaves = [root];
  while (leaves.length < options.leaves) {
    const chosen = leaves.reduce((best, leaf) =>
      (leaf.split?.gain ?? 0) > (best.split?.gain ?? 0) ? leaf : best,
    );
    const { split, histogram } = chosen;
    if (!split || !histogram) break;
    const middle = partition(table, rows, spare, chosen, split);
    const { left, right } = divide(tree, chosen.node, split, table);
    const parts: readonly [Leaf, Leaf] = [
      leafOf(left, chosen.from, middle, split.left),
      leafOf(right, middle, chosen.to, minus(chosen.sums, split.left)),
    ];
    const [smaller, larger] =
      middle - chosen.from <= chosen.to - middle ? parts : ([parts[1], parts[0]] as const);
    // The last split makes leaves that are not divided any more.
    if (leaves.length + 1 < options.leaves) {
      smaller.histogram = gather(smaller.from, smaller.to);
      larger.histogram = subtract(histogram, smaller.histogram);
      for (const part of parts) part.split = bestSplit(table, part, features, options);
    }
    leaves.splice(leaves.indexOf(chosen), 1, ...parts);
  }
  for (const { node, sums } of leaves) tree.values[node] = options.learningRate * stepOf(sums, options.l2);
  return withoutRoom(tree);
}

function leafOf(node: number, from: number, to: number, sums: Sums): Leaf {
  return { node, from, to, sums, histogram: undefined, split: undefined };
}

/** What a leaf adds to the output: a Newton step. */
function stepOf({ slope, curvature }: Sums, l2: number): number {
  return curvature + l2 > 0 ? -slope / (curvature + l2) : 0;
}

function minus(all: Sums, part: Sums): Sums {
  return {
    slope: all.slope - part.slope,
    curvature: all.curvature - part.curvature,
    count: all.count - part.count,
  };
}

function sumsOf({ slopes, curvatures }: Derivatives, rows: Int32Array): Sums {
  let [slope, curvature] = [0, 0];
  for (const row of rows) {
    slope += slopes[row] ?? 0;
    curvature += curvatures[row] ?? 0;
  }
  return { slope, curvature, count: rows.length };
}

function gatherer(
  { codes, count, offsets }: BinnedTable,
  { slopes, curvatures }: Derivatives,
  rows: Int32Array,
  features: Int32Array,
): (from: number, to: number) => Histogram {
  const size = offsets.at(-1) ?? 0;
  const ownSlopes = new Float64Array(rows.length);
  const ownCurvatures = new Float64Array(rows.length);
  return (from, to) => {
    const histogram = {
      slopes: new Float64Array(size),
      curvatures: new Float64Array(size),
      counts: new Float64Array(size),
    };
    const { slopes: slopeSums, curvatures: curvatureSums, counts } = histogram;
    // In the order of the rows once, and not for each feature: memory is read in sequence.
    for (let i = from; i < to; i++) {
      const row = rows[i] ?? 0;
      ownSlopes[i] = slopes[row] ?? 0;
      ownCurvatures[i] = curvatures[row] ?? 0;
    }
    for (const feature of features) {
      const first = feature * count;
      const offset = offsets[feature] ?? 0;
      for (let i = from; i < to; i++) {
        const bin = offset + (codes[first + (rows[i] ?? 0)] ?? 0);
        slopeSums[bin] = (slopeSums[bin] ?? 0) + (ownSlopes[i] ?? 0);
        curvatureSums[bin] = (curvatureSums[bin] ?? 0) + (ownCurvatures[i] ?? 0);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
    return histogram;
  };
}

/** Takes a part from the sums of the whole, in place. */
function subtract(whole: Histogram, part: Histogram): Histogram {
  for (const name of ['slopes', 'curvatures', 'counts'] as const) {
    const [all, taken] = [whole[name], part[name]];
    for (let i = 0; i < all.length; i++) all[i] = (all[i] ?? 0) - (taken[i] ?? 0);
  }
  return whole;
}

/** A gain below this share of the sums that it is the difference of is rounding. */
const ROUNDING = 1e-12;

/** The split of a leaf that lowers the loss most; of equal ones the first. */
function bestSplit(
  { uppers, isMissing, offsets }: BinnedTable,
  { histogram, sums }: Leaf,
  features: Int32Array,
  { l2, minRows, minCurvature }: GrowOptions,
): Split | undefined {
  if (!histogram || sums.count < 2 * minRows) return undefined;
  const { slopes, curvatures, counts } = histogram;
  const before = sums.slope ** 2 / (sums.curvature + l2);
  let best: Split | undefined;
  let least = ROUNDING * Math.max(1, before);
  for (const feature of features) {
    const offset = offsets[feature] ?? 0;
    const bins = uppers[feature]?.length ?? 0;
    const missing = isMissing[feature] === true ? offset + bins + 1 : -1;
    const hasMissing = missing >= 0 && (counts[missing] ?? 0) > 0;
    for (let side = 0; side < (hasMissing ? 2 : 1); side++) {
      const missingLeft = side === 1;
      let slope = missingLeft ? (slopes[missing] ?? 0) : 0;
      let curvature = missingLeft ? (curvatures[missing] ?? 0) : 0;
      let count = missingLeft ? (counts[missing] ?? 0) : 0;
      // Where values are missing, all others may stand against them.
      const last = hasMissing && !missingLeft ? bins : bins - 1;
      for (let bin = 0; bin <= last; bin++) {
        slope += slopes[offset + bin] ?? 0;
        curvature += curvatures[offset + bin] ?? 0;
        count += counts[offset + bin] ?? 0;
        if (count < minRows || curvature < minCurvature) continue;
        const others = sums.count - count;
        const rest = sums.curvature - curvature;
        if (others < minRows || rest < minCurvature) break;
        const gain = slope ** 2 / (curvature + l2) + (sums.slope - slope) ** 2 / (rest + l2) - before;
        if (!(gain > least)) continue;
        least = gain;
        best = {
          gain,
          feature,
          bin,
          // Nothing tells of missing values here: they go with most examples.
          missingLeft: hasMissing ? missingLeft : count >= others,
          left: { slope, curvature, count },
        };
      }
    }
  }
  return best;
}

/** Puts the examples that go left first. @returns where those that go right begin */
function partition(
  { codes, count, uppers, isMissing }: BinnedTable,
  rows: Int32Array,
  spare: Int32Array,
  { from, to }: Leaf,
  { feature, bin, missingLeft }: Split,
): number {
  const missing = isMissing[feature] === true ? (uppers[feature]?.length ?? 0) + 1 : -1;
  let [left, right] = [from, 0];
  for (let i = from; i < to; i++) {
    const row = rows[i] ?? 0;
    const code = codes[feature * count + row] ?? 0;
    if (code === missing ? missingLeft : code <= bin) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}

/** A tree with room for more nodes. */
interface GrowingTree extends DecisionTree {
  count: number;
}

function emptyTree(most: number): GrowingTree {
  return {
    count: 0,
    features: new Int32Array(most).fill(-1),
    thresholds: new Float32Array(most),
    missingLeft: new Uint8Array(most),
    left: new Int32Array(most),
    right: new Int32Array(most),
    values: new Float32Array(most),
  };
}

/** Makes a leaf ask for a feature, with two leaves below it. */
function divide(
  tree: GrowingTree,
  node: number,
  { feature, bin, missingLeft }: Split,
  { uppers }: BinnedTable,
): { readonly left: number; readonly right: number } {
  const [left, right] = [tree.count++, tree.count++];
  tree.features[node] = feature;
  // Beyond the last bin: all that is not missing.
  tree.thresholds[node] = uppers[feature]?.[bin] ?? Infinity;
  tree.missingLeft[node] = Number(missingLeft);
  tree.left[node] = left;
  tree.right[node] = right;
  return { left, right };
}

function withoutRoom({
  count,
  features,
  thresholds,
  missingLeft,
  left,
  right,
  values,
}: GrowingTree): DecisionTree {
  return {
    features: features.slice(0, count),
    thresholds: thresholds.slice(0, count),
    missingLeft: missingLeft.slice(0, count),
    left: left.slice(0, count),
    right: right.slice(0, count),
    values: values.slice(0, count),
  };
}
