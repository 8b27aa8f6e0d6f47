import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { throwIfAborted } from '../../common/abort';
import { errorCode } from '../../common/errors';
import { type RawDataset, isFileTable } from '../data-tables';
import { createIssueLog, type IssueLog } from '../issues';
import { DEFAULT_LIMIT, type DatasetRequest, type HeldOutData, openOptions } from './dataset-request';
import { type KeepOptions, type UndividedRow, keptRows } from './kept-rows';
import { type MediaKind, type Signature, mediaSignature, nearestIsSame } from './media-signatures';
import { MOST_NUMBERS, nearRows } from './near-rows';
import { openRawDataset } from './open-raw-dataset';
import { type StartPass, planSplits } from './split-plan';

/**
 * The places, among the examples of a dataset in their order, of those that other data holds out for validation and
 * test: equal inputs, whatever their rows or files are called; rows that are equal but for rounding; images and recordings that differ by a new size or
 * another encoding only; and members of groups that are held out, where both call the column of groups the same.
 *
 * @param divide the dataset's own splits
 */
export async function heldOutRows(
  source: RawDataset,
  request: DatasetRequest,
  divide: StartPass,
  options: KeepOptions,
): Promise<ReadonlySet<number>> {
  const held = new Set<number>();
  for (const other of request.apart ?? []) {
    const isHeld = await heldOutBy(source, request, other, options);
    if (!isHeld) continue;
    const splitOf = divide();
    let at = 0;
    for await (const row of keptRows(source, request, { ...options, columns: isHeld.columns })) {
      const split = splitOf(row);
      const place = at++;
      if (split === undefined || held.has(place)) continue;
      if (other.trainOnly === true && split !== 'train') continue;
      if (await isHeld.test(row)) held.add(place);
      if (at % 256 === 0) throwIfAborted(options.signal);
    }
  }
  return held;
}

interface HeldOutTest {
  /** The columns that it looks at. */
  readonly columns: readonly string[];
  readonly test: (row: UndividedRow) => boolean | Promise<boolean>;
}

async function heldOutBy(
  source: RawDataset,
  request: DatasetRequest,
  { path, request: theirs }: HeldOutData,
  { signal }: KeepOptions,
): Promise<HeldOutTest | undefined> {
  const issues = quietLog();
  const target = await openRawDataset(path, openOptions(theirs, signal ? { signal } : {}, issues));
  if (target.kind !== source.kind) return undefined;
  let total = 0;
  for (const { table } of target.parts) total += await table.count({ issues, signal });
  const keep = Math.min(1, (theirs.limit ?? DEFAULT_LIMIT) / Math.max(1, total));
  const options = { issues, signal, keep };
  const files = target.parts.some(({ table }) => isFileTable(table));
  const columns = files ? [] : sharedInputs(source, request, target, theirs);
  const [their, own] = [columns.map(pair => pair.theirs), columns.map(pair => pair.ours)];
  const rows = heldOutExamples(target, theirs, { ...options, columns: their });
  const sameGroups = theirs.group !== undefined && theirs.group === request.group;
  const groups = new Set<string>();
  const byContent = files
    ? await fileIndex(rows, target.kind, groups)
    : await rowIndex(rows, { their, own }, groups);
  if (!byContent && !(sameGroups && groups.size > 0)) return undefined;
  return {
    columns: own,
    test: row =>
      (sameGroups && row.group !== undefined && groups.has(row.group)) || (byContent?.(row) ?? false),
  };
}

/** Problems of the other data are reported where it is read for its own sake. */
function quietLog(): IssueLog {
  return { ...createIssueLog(), add: () => undefined };
}

async function* heldOutExamples(
  target: RawDataset,
  request: HeldOutData['request'],
  options: KeepOptions & { readonly columns: readonly string[] },
): AsyncGenerator<UndividedRow> {
  const splitOf = (await planSplits(target, request, options))();
  for await (const row of keptRows(target, request, options)) {
    const split = splitOf(row);
    if (split === 'validation' || split === 'test') yield row;
  }
}

interface SharedInput {
  readonly ours: string;
  readonly theirs: string;
}

/** Columns that are inputs of both; of one array each, whatever they are called. */
function sharedInputs(
  source: RawDataset,
  ours: DatasetRequest,
  target: RawDataset,
  theirs: HeldOutData['request'],
): readonly SharedInput[] {
  const [own, their] = [inputNames(source, ours), inputNames(target, theirs)];
  const shared = their.filter(name => own.includes(name));
  if (shared.length > 0) return shared.map(name => ({ ours: name, theirs: name }));
  const [one, other] = [arrays(source, own), arrays(target, their)];
  const isOneEach = one.length === 1 && other.length === 1;
  return isOneEach ? [{ ours: one[0] ?? '', theirs: other[0] ?? '' }] : [];
}

function arrays({ parts }: RawDataset, names: readonly string[]): string[] {
  const columns = parts[0]?.table.columns ?? [];
  return names.filter(name => columns.find(column => column.name === name)?.shape !== undefined);
}

function inputNames(source: RawDataset, request: HeldOutData['request']): string[] {
  const { labels, input, group, splitColumn } = request;
  const columns = source.parts[0]?.table.columns ?? [];
  const others = new Set([
    ...Object.values(labels).map(({ column }) => column),
    ...(input?.except ?? []),
    group,
    splitColumn,
  ]);
  return columns
    .filter(({ name }, place) => !others.has(name) && !others.has(String(place)))
    .map(({ name }) => name)
    .filter(name => input?.columns?.includes(name) ?? true);
}

/** Rows of which more than this share are equal to another tell nothing by being equal. */
const MOST_REPEATED = 0.5;

async function rowIndex(
  rows: AsyncIterable<UndividedRow>,
  { their, own }: { readonly their: readonly string[]; readonly own: readonly string[] },
  groups: Set<string>,
): Promise<HeldOutTest['test'] | undefined> {
  const keys = new Set<string>();
  const numbers: Float64Array[] = [];
  let count = 0;
  for await (const row of rows) {
    if (row.group !== undefined) groups.add(row.group);
    if (their.length === 0) continue;
    keys.add(rowKey(row, their));
    if (count * their.length < MOST_NUMBERS) numbers.push(numbersOf(row, their));
    count++;
  }
  if (count === 0 || keys.size < MOST_REPEATED * count) return undefined;
  const isNear = numbers.length === count ? nearRows(numbers) : undefined;
  return row => keys.has(rowKey(row, own)) || isNear?.(numbersOf(row, own)) === true;
}

/** The numbers of a row; NaN for what is no number, and for arrays, of which only equal ones are copies. */
function numbersOf({ block, row, place }: UndividedRow, columns: readonly string[]): Float64Array {
  return Float64Array.from(columns, name => {
    const at = place(name);
    return at === undefined || block.vector(row, at) ? NaN : block.number(row, at);
  });
}

/** Numbers as 32-bit floats, as training reads them; texts without their case and spaces at the ends. */
function rowKey({ block, row, place }: UndividedRow, columns: readonly string[]): string {
  const hash = createHash('md5');
  for (const name of columns) {
    const at = place(name);
    if (at === undefined) continue;
    const vector = block.vector(row, at);
    const number = vector ? NaN : block.number(row, at);
    if (vector) hash.update(Float32Array.from(vector));
    else if (Number.isFinite(number)) hash.update(`${Math.fround(number)}\u0001`);
    else hash.update(`${normalText(block.text(row, at) ?? '')}\u0002`);
  }
  return hash.digest('base64');
}

const normalText = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Files that are decoded to find near-duplicates, in all; of more, only equal bytes are found. */
const MOST_DECODED = 20_000;
/** Pairs of signatures that are compared. */
const MOST_PAIRS = 50_000_000;

async function fileIndex(
  rows: AsyncIterable<UndividedRow>,
  kind: RawDataset['kind'],
  groups: Set<string>,
): Promise<HeldOutTest['test'] | undefined> {
  const sizes = new Map<number, Set<string>>();
  const files: string[] = [];
  for await (const { block, row, group } of rows) {
    if (group !== undefined) groups.add(group);
    const file = block.text(row, 0);
    if (file !== undefined) files.push(file);
  }
  for (const file of files) {
    const size = await sizeOf(file, kind);
    if (size === undefined) continue;
    const prints = sizes.get(size) ?? new Set<string>();
    sizes.set(size, prints.add(await contentHash(file, kind)));
  }
  const media = kind === 'image' || kind === 'audio' ? kind : undefined;
  const signatures = media && files.length <= MOST_DECODED ? await signaturesOf(files, media) : [];
  if (sizes.size === 0) return undefined;
  let decoded = files.length;
  return async ({ block, row }) => {
    const file = block.text(row, 0);
    const size = file === undefined ? undefined : await sizeOf(file, kind);
    if (file === undefined || size === undefined) return false;
    if (sizes.get(size)?.has(await contentHash(file, kind)) === true) return true;
    if (!media || ++decoded > MOST_DECODED || decoded * signatures.length > MOST_PAIRS) return false;
    const own = await mediaSignature(file, media);
    return own !== undefined && nearestIsSame(own, signatures, media);
  };
}

/** Of a text file nothing is known before it is read: spaces and case do not make it another one. */
async function sizeOf(file: string, kind: RawDataset['kind']): Promise<number | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return undefined;
    return kind === 'text' ? 0 : found.size;
  } catch {
    return undefined;
  }
}

async function contentHash(file: string, kind: RawDataset['kind']): Promise<string> {
  try {
    const bytes = await readFile(file);
    return createHash('md5')
      .update(kind === 'text' ? normalText(bytes.toString('utf8')) : bytes)
      .digest('base64');
  } catch (error) {
    // What cannot be read is reported, and left out, where it is decoded.
    return `${file} ${errorCode(error) ?? ''}`;
  }
}

async function signaturesOf(files: readonly string[], kind: MediaKind): Promise<Signature[]> {
  const found: Signature[] = [];
  for (const file of files) {
    const signature = await mediaSignature(file, kind);
    if (signature) found.push(signature);
  }
  return found;
}
