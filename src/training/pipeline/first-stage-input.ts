import {
  type ColumnPreprocessing,
  type InputPreprocessing,
  columnWidth,
  inputShape,
  isStandardized,
} from '../../data';
import { type Examples, sameType, widthOf } from '../datasets/examples';
import { trainingError } from '../training-error';
import type { StageValue } from './stage-values';
import { firstStageInputDiffers, firstStageNotEngineered } from '../../messages/training-messages';

/** How the whole's input is made of inputs of the first stage. */
export interface InputTiling {
  /** How many inputs of the stage are in one of the whole. */
  readonly count: number;
  /** Reads the whole's input as the stage reads its own, part by part. */
  readonly input: InputPreprocessing;
  /** Whether the parts lie side by side in each row of a picture, rather than one after the other. */
  readonly sideBySide: boolean;
}

/**
 * Finds the parts: one where both inputs have one size; `k` where the whole's is `k` times as wide, such as two
 * pictures of digits whose sum is wanted.
 *
 * @throws TrainingError `inputs-differ` where it is neither
 */
export function findTiling(whole: InputPreprocessing, stage: InputPreprocessing): InputTiling {
  const parts = find(whole, stage);
  if (parts) return parts;
  throw trainingError(
    'inputs-differ',
    firstStageInputDiffers({
      kind: stage.kind,
      size: sizeOf(stage),
      wholeKind: whole.kind,
      wholeSize: sizeOf(whole),
    }),
  );
}

function sizeOf(input: InputPreprocessing): string {
  return input.kind === 'columns' ? String(input.columns.length) : inputShape(input).join('×');
}

function find(whole: InputPreprocessing, stage: InputPreprocessing): InputTiling | undefined {
  if (whole.kind === 'columns' && stage.kind === 'columns') {
    const names = whole.columns.map(({ name }) => name);
    if (stage.columns.every(({ name }) => names.includes(name)))
      return { count: 1, input: stage, sideBySide: false };
    const count = timesIn(names.length, stage.columns.length);
    const columns = names.flatMap((name, i) => {
      const column = stage.columns[i % stage.columns.length];
      return column ? [{ ...column, name }] : [];
    });
    return count === undefined
      ? undefined
      : { count, input: { kind: 'columns', columns }, sideBySide: false };
  }
  if (whole.kind === 'vector' && stage.kind === 'vector') return vectorParts(whole, stage);
  if (whole.kind === 'image' && stage.kind === 'image') {
    const count = whole.height === stage.height ? (timesIn(whole.width, stage.width) ?? 1) : 1;
    return { count, input: { ...stage, width: stage.width * count }, sideBySide: true };
  }
  return whole.kind === stage.kind ? { count: 1, input: stage, sideBySide: false } : undefined;
}

type Vector = Extract<InputPreprocessing, { kind: 'vector' }>;

function vectorParts(whole: Vector, stage: Vector): InputTiling | undefined {
  const count = timesIn(widthOf(whole.shape), widthOf(stage.shape));
  if (count === undefined) return undefined;
  const sideBySide =
    whole.shape.length > 1 && whole.shape.length === stage.shape.length && whole.shape[0] === stage.shape[0];
  return { count, input: { ...stage, column: whole.column, shape: whole.shape }, sideBySide };
}

function timesIn(whole: number, part: number): number | undefined {
  return part > 0 && whole >= part && whole % part === 0 ? whole / part : undefined;
}

/** Each example of the whole as `count` examples of the stage, one after the other; without labels. */
export function cutTiles(
  examples: Examples,
  { count, sideBySide }: InputTiling,
  shape: readonly number[],
): Examples {
  const total = examples.count * count;
  const width = widthOf(shape);
  if (count === 1 || !sideBySide) return { count: total, shape, inputs: examples.inputs, labels: {} };
  const rows = shape[0] ?? 1;
  const run = width / rows;
  const inputs = sameType(examples.inputs, total * width);
  for (let example = 0; example < examples.count; example++)
    for (let row = 0; row < rows; row++)
      for (let part = 0; part < count; part++) {
        const from = (example * rows + row) * run * count + part * run;
        inputs.set(examples.inputs.subarray(from, from + run), (example * count + part) * width + row * run);
      }
  return { count: total, shape, inputs, labels: {} };
}

/**
 * An input pipeline that leaves numbers as they are, for a first stage that is engineered.
 *
 * @throws TrainingError `bad-pipeline` for inputs that are files or text: a module gets no file to open
 */
export function rawInput(input: InputPreprocessing): InputPreprocessing {
  switch (input.kind) {
    case 'columns':
      return {
        kind: 'columns',
        columns: input.columns.map(column =>
          isStandardized(column) ? { ...column, mean: 0, deviation: 1, flagsMissing: false } : column,
        ),
      };
    case 'vector':
      return { ...input, mean: [0], deviation: [1] };
    case 'image':
    case 'audio':
    case 'text':
    case 'checkpoint':
      throw trainingError('bad-pipeline', firstStageNotEngineered(input.kind));
  }
}

/** Each example's cells: numbers, and the names of categories. */
export function rawValues(
  input: InputPreprocessing,
  { count, shape, inputs }: Examples,
): readonly StageValue[] {
  const width = widthOf(shape);
  return Array.from({ length: count }, (_, row) => {
    const numbers = Array.from(inputs.subarray(row * width, (row + 1) * width));
    return input.kind === 'columns' ? cells(input.columns, numbers) : numbers;
  });
}

function cells(columns: readonly ColumnPreprocessing[], numbers: readonly number[]): StageValue[] {
  let at = 0;
  return columns.map(column => {
    const from = at;
    at += columnWidth(column);
    if (isStandardized(column)) return numbers[from] ?? 0;
    return column.categories[numbers.slice(from, at).indexOf(1)] ?? '';
  });
}
