import type { DecisionTree, TreeEnsemble } from '../../engine';
import { seededRandom, shuffle } from '../../common/random';
import type { BaselineTargets } from '../baselines/baseline-targets';
import { type BinnedTable, type NumberTable, binTable } from './bins';
import { type GrowOptions, growTree } from './grow-tree';
import { type Objective, objectiveFor } from './objectives';
import { addTree } from './tree';

export interface BoostOptions extends GrowOptions {
  /** Trees of each output at most. */
  readonly rounds: number;
  /** Examples, and features, that a tree learns from at most; drawn for each tree where there are more. */
  readonly rowsPerTree?: number;
  readonly featuresPerTree?: number;
  /** Bins of a feature at most. */
  readonly bins?: number;
  /** Examples that tell when to stop: after so many rounds without a smaller loss of theirs. */
  readonly validation?: {
    readonly table: NumberTable;
    readonly targets: BaselineTargets;
    readonly patience: number;
  };
  readonly seed: number;
  /** Waited for after each round: what it throws ends the fit. */
  readonly pause?: (round: number) => Promise<void>;
}

export interface Boosted {
  readonly ensemble: TreeEnsemble;
  /** Trees of each output: those up to the smallest loss of the validation examples, where there are any. */
  readonly rounds: number;
}

/**
 * Gradient boosting of decision trees on the second-order expansion of the loss (Friedman 2001; Chen and Guestrin 2016),
 * with histograms of binned features: squared error for numbers, log loss for classes. Equal arguments give equal models.
 */
export async function boost(
  table: NumberTable,
  targets: BaselineTargets,
  options: BoostOptions,
): Promise<Boosted> {
  const { rounds, validation, pause, seed } = options;
  const objective = objectiveFor(targets.classes);
  const { outputs } = objective;
  const base = Float32Array.from(objective.base(targets));
  const binned = binTable(table, options.bins);
  const start = (count: number): Float64Array =>
    Float64Array.from({ length: count * outputs }, (_, i) => base[i % outputs] ?? 0);
  const scores = start(table.count);
  const held = validation && start(validation.table.count);
  const state = derivativesFor(table.count, outputs);
  const random = seededRandom('trees', seed);
  const trees: DecisionTree[] = [];
  let best = { rounds: 0, loss: held ? objective.loss(held, validation.targets) : Infinity };
  for (let round = 1; round <= rounds; round++) {
    objective.derive(scores, targets, state);
    let grew = false;
    for (let output = 0; output < outputs; output++) {
      const rows = draw(table.count, options.rowsPerTree, random);
      const features = draw(table.width, options.featuresPerTree, random);
      const tree = growTree(binned, at(state, output), rows, features, options);
      grew ||= tree.features.length > 1;
      addTree(tree, table, scores, output, outputs);
      if (held) addTree(tree, validation.table, held, output, outputs);
      trees.push(tree);
    }
    await pause?.(round);
    if (held) {
      const loss = objective.loss(held, validation.targets);
      if (loss < best.loss) best = { rounds: round, loss };
      else if (round - best.rounds >= validation.patience) break;
    } else best = { rounds: round, loss: 0 };
    // Where no split helps, none ever will, unless other examples or features are drawn.
    if (!grew && !isDrawn(binned, table, options)) break;
  }
  return {
    rounds: best.rounds,
    ensemble: { width: table.width, outputs, base, trees: trees.slice(0, best.rounds * outputs) },
  };
}

function isDrawn(
  { count }: BinnedTable,
  { width }: NumberTable,
  { rowsPerTree = count, featuresPerTree = width }: BoostOptions,
): boolean {
  return rowsPerTree < count || featuresPerTree < width;
}

/** All numbers below `count` in their order, or some of them. */
function draw(count: number, most: number | undefined, random: () => number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, i) => i);
  return most === undefined || most >= count ? all : shuffle(all, random).slice(0, most).sort();
}

type State = Parameters<Objective['derive']>[2];

/** Derivatives of all outputs, one output after the other. */
function derivativesFor(count: number, outputs: number): State {
  return { count, slopes: new Float64Array(count * outputs), curvatures: new Float64Array(count * outputs) };
}

function at({ count, slopes, curvatures }: State, output: number): State {
  return {
    count,
    slopes: slopes.subarray(output * count, (output + 1) * count),
    curvatures: curvatures.subarray(output * count, (output + 1) * count),
  };
}
