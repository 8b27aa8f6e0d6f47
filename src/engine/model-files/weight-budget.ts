import { layers } from '@tensorflow/tfjs-layers';

/** What building a model may still allocate; none where a model of one's own is built. */
let budget: { left: number } | undefined;

interface BuiltLayer {
  readonly name: string;
  addWeight: (
    this: BuiltLayer,
    name: string,
    shape: readonly (number | null)[],
    ...rest: readonly unknown[]
  ) => unknown;
}

let isInstalled = false;

/** Layers allocate their weights while they are built, through one method of their class: it asks first. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const layer = layers.Layer.prototype as unknown as BuiltLayer;
  const { addWeight } = layer;
  layer.addWeight = function (name, shape, ...rest) {
    if (budget) {
      const size = shape.reduce<number>((product, axis) => product * (axis ?? 1), 1);
      // Also false for what is no number.
      if (!(size >= 0 && size <= budget.left)) {
        const text = shape.map(String).join('×');
        throw new Error(
          `the weight "${name}" of its layer "${this.name}" (${text}) is not in its weight files`,
        );
      }
      budget.left -= size;
    }
    return addWeight.call(this, name, shape, ...rest);
  };
}

/**
 * Runs the building of a model whose description somebody else has written: a layer that asks for more weights than
 * the model's files hold fails before memory is taken for them. Nothing else builds models meanwhile.
 *
 * @param elements how many numbers the weight files hold
 */
export async function withinWeights<T>(elements: number, build: () => Promise<T>): Promise<T> {
  install();
  const outer = budget;
  budget = { left: elements };
  try {
    return await build();
  } finally {
    budget = outer;
  }
}
