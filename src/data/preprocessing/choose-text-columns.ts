import { noTextColumn } from '../../messages/preprocessing-messages';
import { type RawDataset, findColumn } from '../data-tables';
import { type IssueLog, createIssueLog, dataError } from '../issues';
import { isUnspaced, tokenize } from './text-tokens';

/** Rows that are looked at, and characters of a cell. */
const SAMPLE_ROWS = 1000;
const SAMPLE_TEXT = 1000;

/** Names under which texts are published. */
const TEXT_NAME =
  /^(text|texts|title|body|headline|sentence\d?|content|contents|question\d?|answer|context|premise|hypothesis|review|review_?text|comment|comment_?text|message|document|description|summary|abstract|article|tweet|utterance|query|passage|post|subject|prompt|instruction|response|dialogue)$/i;
/** Names of what is about a text. */
const OTHER_NAME =
  /(^|[_\s.-])(id|ids|uuid|guid|index|url|uri|link|path|file|filename|author|user|username|name|email|phone|date|time|timestamp|lang|language|source|hash)$/i;

/** Of cells of texts, at least this share has two words. */
const WITH_WORDS = 0.5;
/** Of texts, at least this share are different; of names of things, fewer. */
const DIFFERENT = 0.3;

interface ColumnSample {
  readonly name: string;
  readonly filled: number;
  readonly numbers: number;
  readonly characters: number;
  /** Cells of at least two words. */
  readonly worded: number;
  readonly different: number;
}

/**
 * The columns of a table that contain texts, as far as its first rows tell: those that are called like texts, and those
 * of different cells of several words; where there are none, the one of the longest cells that are no numbers.
 */
export async function likelyTextColumns(
  source: RawDataset,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const samples = await sampleColumns(source, names, signal);
  const wordy = samples.filter(each => each.filled > 0 && each.numbers < each.filled / 2);
  const likely = wordy.filter(isLikely);
  if (likely.length > 0) return likely.map(({ name }) => name);
  const longest = wordy.reduce<ColumnSample | undefined>(
    (best, each) => (best && meanLength(best) >= meanLength(each) ? best : each),
    undefined,
  );
  return longest ? [longest.name] : [];
}

/** As {@link likelyTextColumns}. @throws DataError `unknown-column` where no column contains text */
export async function requireTextColumns(
  source: RawDataset,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const found = await likelyTextColumns(source, names, signal);
  if (found.length > 0) return found;
  throw dataError('unknown-column', noTextColumn({ file: source.path, columns: names }), source.path);
}

/** Whether all columns of a table are texts, so that there is nothing else to learn from. */
export async function areAllTexts(
  source: RawDataset,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const samples = await sampleColumns(source, names, signal);
  return samples.length > 0 && samples.every(each => each.filled > 0 && isProse(each));
}

function isLikely(sample: ColumnSample): boolean {
  if (TEXT_NAME.test(sample.name)) return true;
  return !OTHER_NAME.test(sample.name) && isProse(sample);
}

function isProse({ filled, numbers, worded, different }: ColumnSample): boolean {
  return numbers === 0 && worded >= WITH_WORDS * filled && different >= DIFFERENT * filled;
}

function meanLength({ characters, filled }: ColumnSample): number {
  return characters / Math.max(1, filled);
}

async function sampleColumns(
  source: RawDataset,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ColumnSample[]> {
  const table = source.parts[0]?.table;
  if (!table) return [];
  const counters = names.map(name => ({ place: findColumn(table, name), counter: cellCounter(name) }));
  const columns = counters.map(({ place }) => place).filter(place => place !== undefined);
  let rows = 0;
  for await (const block of table.blocks({ issues: quietLog(), signal, columns })) {
    for (let row = 0; row < block.rows && rows < SAMPLE_ROWS; row++, rows++)
      for (const { place, counter } of counters)
        if (place !== undefined) counter.add(block.text(row, place), block.number(row, place));
    if (rows >= SAMPLE_ROWS) break;
  }
  return counters.map(({ counter }) => counter.sample());
}

/** Problems of rows are reported where all of them are read. */
function quietLog(): IssueLog {
  return { ...createIssueLog(), add: () => undefined };
}

function cellCounter(name: string): {
  readonly add: (text: string | undefined, number: number) => void;
  readonly sample: () => ColumnSample;
} {
  const seen = new Set<string>();
  let [filled, numbers, characters, worded] = [0, 0, 0, 0];
  return {
    add(text, number) {
      if (text === undefined) return;
      filled++;
      if (!Number.isNaN(number)) numbers++;
      const start = text.slice(0, SAMPLE_TEXT);
      characters += start.length;
      seen.add(start);
      if (hasWords(start)) worded++;
    },
    sample: () => ({ name, filled, numbers, characters, worded, different: seen.size }),
  };
}

function hasWords(text: string): boolean {
  const letters = tokenize(text, 'pairs').filter(token => /\p{L}/u.test(token));
  return letters.length >= 2 && (/\s/.test(text.trim()) || letters.some(isUnspaced));
}
