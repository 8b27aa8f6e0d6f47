import type { InputPreprocessing } from '../../data';
import { inputShape } from '../../data';
import { type Examples, takeRows, widthOf } from '../datasets/examples';
import type { LoadedDatasets } from '../datasets/load-datasets';
import type { EndToEndData } from './end-to-end-data';
import { cutTiles, findTiling } from './first-stage-input';

/** The whole's test inputs as inputs of the first stage. @throws TrainingError `inputs-differ` where it cannot read them */
export async function testParts(whole: EndToEndData, input: InputPreprocessing): Promise<Examples> {
  const tiling = findTiling(whole.own, input);
  return cutTiles(await whole.read('test', tiling.input), tiling, inputShape(input));
}

/** A stage's data without the parts of what its pipeline is tested on. */
export interface WithoutParts {
  readonly loaded: LoadedDatasets;
  /** Training and validation examples that were left out. */
  readonly leftOut: number;
}

/**
 * Where nearly every input is there once, an equal one is the same example: a digit that is in a pair, too. Inputs of few
 * values are equal by chance.
 */
const MOSTLY_UNLIKE = 0.9;

/**
 * Leaves out of a stage's own training data what the whole's test inputs are made of. Files and rows that both name are
 * left out when data is read; a part of a row, such as one of the two digits whose sum is wanted, is only found here.
 *
 * @param parts the test inputs as the stage reads its own, before the preprocessing is fitted
 */
export function withoutParts(loaded: LoadedDatasets, parts: Examples): WithoutParts {
  const { train, validation } = loaded.splits;
  const own = keysOf(train);
  if (new Set(own).size < MOSTLY_UNLIKE * own.length) return { loaded, leftOut: 0 };
  const tested = new Set(keysOf(parts));
  const without = (examples: Examples, keys: readonly string[]): Examples => {
    const rows = Int32Array.from(keys.keys()).filter(row => !tested.has(keys[row] ?? ''));
    return rows.length === examples.count ? examples : takeRows(examples, rows);
  };
  const splits = {
    ...loaded.splits,
    train: without(train, own),
    validation: without(validation, keysOf(validation)),
  };
  const leftOut = train.count + validation.count - splits.train.count - splits.validation.count;
  return leftOut === 0 ? { loaded, leftOut } : { loaded: { ...loaded, splits }, leftOut };
}

/** The bytes of each example's input. */
function keysOf({ count, shape, inputs }: Examples): readonly string[] {
  const bytes = widthOf(shape) * inputs.BYTES_PER_ELEMENT;
  const all = Buffer.from(inputs.buffer, inputs.byteOffset, count * bytes);
  return Array.from({ length: count }, (_, row) => all.toString('latin1', row * bytes, (row + 1) * bytes));
}
