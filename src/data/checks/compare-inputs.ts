import { imageColor, inputPropertyDiffers, inputsDiffer } from '../../messages/data-check-messages';
import { readRecordingHeader } from '../audio/recording';
import { readHead } from '../bytes/byte-reader';
import type { RawDataset } from '../data-tables';
import { type OpenOptions, openRawDataset } from '../dataset/open-raw-dataset';
import { imageHeader } from '../images/image-header';
import { recordingFormat } from '../../messages/media-messages';
import { isDataError, type DataIssue, createIssueLog } from '../issues';
import { entryOf } from '../../common/named-entries';

/** Files whose headers are looked at. */
const SAMPLE = 50;

type InputProperties = Readonly<Record<string, string>>;

/**
 * Compares the inputs of a source and a target of transfer: kind of data, channels of images, rate and channels
 * of recordings, columns of tables. Sizes of images may differ.
 *
 * @throws DataError where one of them cannot be opened
 */
export async function compareInputs(
  source: string,
  target: string,
  options: Omit<OpenOptions, 'issues'> & { readonly labels?: readonly string[] } = {},
): Promise<readonly DataIssue[]> {
  const issues = createIssueLog();
  const [a, b] = await Promise.all(
    [source, target].map(path => openRawDataset(path, { ...options, issues })),
  );
  if (!a || !b) return [];
  const ignored = new Set(options.labels ?? []);
  const [ours, theirs] = [await inputProperties(a, ignored), await inputProperties(b, ignored)];
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (entryOf(ours, name) === entryOf(theirs, name)) continue;
    issues.add(
      'warning',
      'inputs-differ',
      inputsDiffer({ source: a.path, target: b.path }),
      inputPropertyDiffers({ property: name, source: entryOf(ours, name), target: entryOf(theirs, name) }),
    );
  }
  return issues.list();
}

async function inputProperties(source: RawDataset, ignored: ReadonlySet<string>): Promise<InputProperties> {
  const kind = { kind: source.kind };
  if (source.kind === 'text') return kind;
  if (source.kind === 'table') {
    const columns = source.parts[0]?.table.columns ?? [];
    const names = columns
      .filter(({ name }) => !ignored.has(name))
      .map(({ name, shape }) => (shape ? `${name} ${shape.join('×')}` : name));
    return { ...kind, columns: names.join(', ') };
  }
  const counts = new Map<string, number>();
  for (const file of await sampleFiles(source)) {
    const found = source.kind === 'image' ? await imageProperties(file) : await recordingProperties(file);
    if (found) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const commonest = [...counts].sort((x, y) => y[1] - x[1])[0]?.[0];
  return commonest === undefined ? kind : { ...kind, [source.kind]: commonest };
}

async function sampleFiles(source: RawDataset): Promise<string[]> {
  const files: string[] = [];
  const issues = createIssueLog();
  for (const { table } of source.parts)
    for await (const block of table.blocks({ issues, columns: [0] })) {
      const step = Math.max(1, Math.floor(block.rows / SAMPLE));
      for (let row = 0; row < block.rows; row += step) files.push(block.text(row, 0) ?? '');
    }
  const step = Math.max(1, Math.floor(files.length / SAMPLE));
  return files.filter((_, i) => i % step === 0).slice(0, SAMPLE);
}

async function imageProperties(file: string): Promise<string | undefined> {
  const header = imageHeader(await readHead(file, 64 * 1024));
  if (!header) return undefined;
  return imageColor(header.channels);
}

async function recordingProperties(file: string): Promise<string | undefined> {
  try {
    const { sampleRate, channels } = await readRecordingHeader(file);
    return recordingFormat({ sampleRate, channels });
  } catch (error) {
    if (isDataError(error)) return undefined;
    throw error;
  }
}
