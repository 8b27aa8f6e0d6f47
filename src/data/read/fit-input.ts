import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { tokenize, vocabularyOf } from '../text/tokens';
import { readTextFile } from '../text/file';
import type { Source } from '../source/source';
import { applyFitted } from './apply-fitted';
import { fitColumn } from './fit-columns';
import { fitAudio, fitImages } from './fit-files';
import { inputColumns } from './input-columns';
import type { InputFit } from './input-fit';
import type { InputPipeline } from './pipeline';
import type { ReadRequest } from './request';
import type { RowReference } from './rows';
import { addValue, createMoments, deviation, quantile } from './statistics';

/** Training files that sizes, rates and standardisation are fitted on; more change them little. */
export const FIT_FILES = 2000;

const DEFAULT_WORDS = 20_000;
const MAX_TOKENS = 256;
/** Different words counted before the rare ones are dropped. */
const MAX_COUNTED = 1_000_000;

/**
 * Chooses how to fit the input: files by what they hold; a table by its columns of arrays, its one column of
 * text, or its numbers and categories.
 *
 * @param thin whether a training row is among those that files are fitted on
 */
export function fitInput(
  source: Source,
  request: ReadRequest,
  thin: (row: RowReference) => boolean,
): InputFit {
  const input = request.input ?? {};
  if (input.fitted) return applyFitted(source, request, input.fitted);
  if (source.kind === 'image') return fitSample(thin, files => fitImages(files, input));
  if (source.kind === 'audio') return fitSample(thin, files => fitAudio(files, input));
  const first = source.parts[0]?.table.columns[0];
  if (source.kind === 'text') return fitText(first?.content === 'text' ? undefined : 'text', request);
  if (input.text?.column !== undefined) return fitText(input.text.column, request);
  const columns = inputColumns(source, request);
  const [array] = columns.filter(column => column.shape !== undefined);
  if (array?.shape && columns.length === 1) return fitVector(array.name, array.shape);
  return fitTable(columns.map(({ name }) => name));
}

function fitTable(names: readonly string[]): InputFit {
  const fits = names.map(fitColumn);
  return {
    columns: names,
    observe(row) {
      for (const fit of fits) fit.observe(row);
    },
    finish() {
      const columns = fits.map(fit => fit.finish()).filter(column => column !== undefined);
      if (columns.length === 0) {
        const message = l10n.t('None of the columns {0} can be learned from', names.slice(0, 20).join(', '));
        throw new DataError('unknown-column', message, names[0] ?? '');
      }
      return { kind: 'columns', columns };
    },
  };
}

function fitVector(column: string, shape: readonly number[]): InputFit {
  const width = shape.reduce((product, axis) => product * axis, 1);
  const moments = Array.from({ length: shape.length > 1 ? 1 : width }, createMoments);
  return {
    columns: [column],
    observe({ block, row, place }) {
      const at = place(column);
      const vector = at === undefined ? undefined : block.vector(row, at);
      for (let i = 0; vector && i < vector.length; i++) {
        const target = moments[i % moments.length];
        if (target) addValue(target, vector[i] ?? NaN);
      }
    },
    finish: () => ({
      kind: 'vector',
      column,
      shape,
      mean: moments.map(({ mean }) => mean),
      deviation: moments.map(deviation),
    }),
  };
}

function fitText(column: string | undefined, { input }: ReadRequest): InputFit {
  const counts = new Map<string, number>();
  const lengths: number[] = [];
  return {
    columns: [column ?? 'file'],
    async observe({ block, row, place }) {
      const cell = block.text(row, place(column ?? 'file') ?? 0);
      const text = column === undefined && cell !== undefined ? await readTextFile(cell) : cell;
      const words = tokenize(text ?? '');
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      if (lengths.length < 100_000) lengths.push(words.length);
      if (counts.size > MAX_COUNTED) for (const [word, count] of counts) if (count === 1) counts.delete(word);
    },
    finish: () => ({
      kind: 'text',
      ...(column !== undefined && { column }),
      vocabulary: vocabularyOf(counts, input?.text?.words ?? DEFAULT_WORDS),
      length: input?.text?.length ?? Math.max(1, Math.min(MAX_TOKENS, quantile(lengths, 0.95))),
    }),
  };
}

function fitSample(
  thin: (row: RowReference) => boolean,
  fit: (files: readonly string[]) => Promise<InputPipeline>,
): InputFit {
  const files: string[] = [];
  return {
    columns: ['file'],
    observe(reference) {
      const { block, row } = reference;
      const file = block.text(row, 0);
      if (file !== undefined && files.length < 2 * FIT_FILES && thin(reference)) files.push(file);
    },
    finish: () => fit(files),
  };
}
