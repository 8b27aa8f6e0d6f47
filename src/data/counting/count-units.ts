import {
  countSource,
  unitNotCountable,
  unreadableRecordingsNotCounted,
} from '../../messages/counting-messages';
import { fileProblem } from '../../messages/data-access-messages';
import { readRecordingHeader } from '../audio/recording';
import type { RawDataset, ReadOptions } from '../data-tables';
import { openTextLines } from '../formats/text-lines';
import { type CountUnit, isDataError, placeOf } from '../issues';

interface Size {
  readonly value: number;
  readonly unit: CountUnit;
  readonly from?: string;
}

const SECONDS: Partial<Record<CountUnit, number>> = { seconds: 1, minutes: 60, hours: 3600 };

/**
 * The size in `unit`: lengths of recordings from their headers, words and characters of texts by reading them.
 * What a kind of data cannot be counted in is reported, and examples are counted instead. `undefined` where none of the
 * recordings can be read.
 */
export async function countUnits(
  source: RawDataset,
  examples: number,
  unit: CountUnit,
  options: ReadOptions,
): Promise<Size | undefined> {
  if (unit === 'examples') return { value: examples, unit };
  const seconds = SECONDS[unit];
  if (seconds !== undefined && source.kind === 'audio') {
    const total = await totalSeconds(source, options);
    return total === undefined
      ? undefined
      : { value: total / seconds, unit, from: countSource('recording-headers') };
  }
  if ((unit === 'words' || unit === 'characters') && source.kind === 'text') {
    return { value: await totalText(source, unit, options), unit, from: countSource('text') };
  }
  options.issues.add(
    'information',
    'unit-not-countable',
    unitNotCountable({ dataset: source.path, unit }),
    source.path,
  );
  return { value: examples, unit: 'examples' };
}

async function totalSeconds(source: RawDataset, options: ReadOptions): Promise<number | undefined> {
  let total = 0;
  let [read, left] = [0, 0];
  for (const { table } of source.parts) {
    for await (const block of table.blocks({ ...options, columns: [0] })) {
      for (let row = 0; row < block.rows; row++) {
        try {
          const { frames, sampleRate } = await readRecordingHeader(block.text(row, 0) ?? '', options.signal);
          total += frames / sampleRate;
          read++;
        } catch (error) {
          if (!isDataError(error)) throw error;
          left++;
          options.issues.add(
            'error',
            'unreadable-file',
            unreadableRecordingsNotCounted(source.path),
            fileProblem({ file: placeOf(error), reason: error.message }),
          );
        }
      }
    }
  }
  return read === 0 && left > 0 ? undefined : total;
}

async function totalText(
  source: RawDataset,
  unit: 'words' | 'characters',
  options: ReadOptions,
): Promise<number> {
  let total = 0;
  const add = (text: string | undefined): void => {
    if (text === undefined) return;
    total +=
      unit === 'characters' ? Array.from(text).length : text.split(/\s+/).filter(word => word !== '').length;
  };
  for (const { table } of source.parts) {
    const isFiles = table.columns[0]?.content === 'text';
    for await (const block of table.blocks({ ...options, columns: [0] })) {
      for (let row = 0; row < block.rows; row++) {
        const cell = block.text(row, 0);
        if (!isFiles) add(cell);
        else if (cell !== undefined)
          for await (const lines of (await openTextLines(cell, options.signal)).blocks(options))
            for (let line = 0; line < lines.rows; line++) add(lines.text(line, 0));
      }
    }
  }
  return total;
}
