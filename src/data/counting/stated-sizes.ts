import { isRecord } from '../../common/validation';
import { dirname, join, resolve } from 'node:path';
import { cardTooComplex, cardUnreadable, statedIn } from '../../messages/counting-messages';
import { parse } from 'yaml';
import { errorSummary } from '../../common/errors';
import { readRegular } from '../../files/regular-file';
import { withinTime } from '../bytes/bounded-time';
import { isDataError, type IssueLog, type StatedSize } from '../issues';
import { fileError, isInside } from '../paths/file-access';
import { type ReadableFolders, reachOf } from '../paths/readable-folders';
import { canonicalSplit } from '../splits';

/** Steps into parsed JSON or YAML without trusting its shape. */
type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json | undefined {
  return isRecord(value) ? value : undefined;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A count: a whole number of zero or more, as a number or in digits. */
function asCount(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\d[\d,_]*$/.test(value) ? Number(value.replace(/[,_]/g, '')) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** `dataset_info` in the YAML at the head of a dataset card: one size for each configuration. */
function huggingFaceSizes(text: string, card: string): StatedSize[] {
  const header = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (!header?.includes('dataset_info')) return [];
  // Aliases can make a small document huge; cards do not use them. To compare all names with all others takes the
  // square of their number, and some nestings take years.
  const read = withinTime(MAX_CARD_TIME, (): unknown =>
    parse(section(header, 'dataset_info'), { maxAliasCount: 0, uniqueKeys: false, logLevel: 'error' }),
  );
  if (!read) throw new Error(cardTooComplex());
  const info = asObject(read.value)?.['dataset_info'];
  return asArray(info).flatMap(each => configSize(asText(asObject(each)?.['config_name']), each, card));
}

/** In milliseconds. The largest cards of real datasets take a tenth of it. */
const MAX_CARD_TIME = 3000;

/** The lines of one name at the top of a YAML mapping, down to the next name. */
function section(text: string, name: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex(line => line.startsWith(`${name}:`));
  if (start < 0) return text;
  const length = lines.slice(start + 1).findIndex(line => /^[^\s#-]/.test(line));
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** The older `dataset_infos.json`: the same, by configuration. */
function huggingFaceInfos(text: string, card: string): StatedSize[] {
  const infos = asObject(JSON.parse(text)) ?? {};
  return Object.entries(infos).flatMap(([config, info]) => configSize(config, info, card));
}

function configSize(config: string | undefined, info: unknown, card: string): StatedSize[] {
  const listed = asObject(info)?.['splits'];
  const byName = asObject(listed);
  const entries = byName
    ? Object.entries(byName).map(([name, split]) => ({ name, split: asObject(split) }))
    : asArray(listed).map(each => ({ name: asText(asObject(each)?.['name']), split: asObject(each) }));
  return sumOfSplits(
    entries.map(({ name, split }) => [name, asCount(split?.['num_examples'])]),
    config === undefined || config === 'default'
      ? card
      : statedIn(card, { kind: 'configuration', name: config }),
  );
}

/** A stated size as the sum of its splits; none if no split has a size. */
function sumOfSplits(
  sizes: readonly (readonly [name: string | undefined, count: number | undefined])[],
  from: string,
): StatedSize[] {
  const splits = new Map<string, number>();
  let value = 0;
  for (const [name, count] of sizes) {
    if (count === undefined) continue;
    value += count;
    if (name !== undefined) {
      const split = canonicalSplit(name) ?? name;
      splits.set(split, (splits.get(split) ?? 0) + count);
    }
  }
  if (sizes.every(([, count]) => count === undefined)) return [];
  return [{ value, unit: 'examples', from, ...(splits.size > 0 && { splits: Object.fromEntries(splits) }) }];
}

/** TFDS `dataset_info.json`: each split lists the examples of its shards. */
function tfdsSizes(text: string, card: string): StatedSize[] {
  const splits = asArray(asObject(JSON.parse(text))?.['splits']).map(asObject);
  return sumOfSplits(
    splits.map(split => [asText(split?.['name']), shardSum(asArray(split?.['shardLengths']))]),
    card,
  );
}

function shardSum(shards: readonly unknown[]): number | undefined {
  const counts = shards.map(asCount);
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** What schema.org's `size` of a dataset of examples is counted in. */
const UNITS = /^(examples?|records?|rows?|samples?|items?|images?|instances?)$/i;

/**
 * Croissant JSON-LD. The vocabulary has no field for counts, so a size is either schema.org's `size` (a
 * quantity in records, or words like "60,000 images") or the records written out in a record set's `data`.
 * Enumerations of labels and splits are record sets too, but not examples.
 */
function croissantSizes(text: string, card: string): StatedSize[] {
  const root = asObject(JSON.parse(text));
  if (!root || !isCroissant(root)) return [];
  const whole = quantity(root['size'] ?? root['sc:size']);
  if (whole !== undefined) return [{ value: whole, unit: 'examples', from: card }];
  return asArray(root['recordSet'] ?? root['cr:recordSet']).flatMap(each => {
    const set = asObject(each);
    if (!set || isEnumeration(set)) return [];
    const data = set['data'] ?? set['cr:data'];
    const value = quantity(set['size'] ?? set['sc:size']) ?? (Array.isArray(data) ? data.length : undefined);
    const name = asText(set['name']) ?? asText(set['@id']) ?? '';
    return value === undefined
      ? []
      : [{ value, unit: 'examples', from: statedIn(card, { kind: 'record set', name }) }];
  });
}

function isCroissant(root: Json): boolean {
  const words = JSON.stringify([root['@context'], root['conformsTo'], root['dct:conformsTo']]);
  return words.includes('croissant');
}

function isEnumeration(set: Json): boolean {
  const types = [...asArray(set['dataType']), ...asArray(set['cr:dataType'])];
  return types.some(type => /Enumeration$|Split$/.test(String(type))) || set['isEnumeration'] === true;
}

function quantity(value: unknown): number | undefined {
  const object = asObject(value);
  const [, number, unit] = object
    ? ['', object['value'], asText(object['unitText']) ?? '']
    : (/^([\d,_]+)\s+(\w+)$/.exec(asText(value) ?? '') ?? []);
  return typeof unit === 'string' && UNITS.test(unit) ? asCount(number) : undefined;
}

/** Frictionless `datapackage.json`: the rows of the resources at `location`. */
function frictionlessSizes(text: string, card: string, location: string): StatedSize[] {
  return asArray(asObject(JSON.parse(text))?.['resources']).flatMap(each => {
    const resource = asObject(each);
    const rows = asCount(asObject(resource?.['stats'])?.['rows'] ?? resource?.['rows']);
    const paths = asArray(resource?.['path']).map(asText);
    const isOurs = paths.some(path => path !== undefined && isInside(location, resolve(dirname(card), path)));
    if (rows === undefined || !isOurs) return [];
    const name = asText(resource?.['name']) ?? '';
    return [{ value: rows, unit: 'examples', from: statedIn(card, { kind: 'resource', name }) }];
  });
}

/** A card is text; a larger file is something else. */
const MAX_CARD = 8 * 1024 * 1024;

/** Reads the sizes that a card's text states. `location` is what the user's path named. */
export type CardReader = (text: string, card: string, location: string) => StatedSize[];

const CARDS: readonly (readonly [name: string, read: CardReader])[] = [
  ['README.md', huggingFaceSizes],
  ['dataset_infos.json', huggingFaceInfos],
  ['dataset_info.json', tfdsSizes],
  ['croissant.json', croissantSizes],
  ['metadata.json', croissantSizes],
  ['datapackage.json', frictionlessSizes],
];

/**
 * The sizes stated by files in `location` (a folder) or next to it: Hugging Face dataset cards, Croissant, TFDS,
 * Frictionless. A card that cannot be parsed is reported; a missing one is not.
 */
export async function readStatedSizes(
  location: { readonly path: string; readonly isFolder: boolean },
  { readable, issues }: { readonly readable?: ReadableFolders | undefined; readonly issues: IssueLog },
): Promise<StatedSize[]> {
  const beside = dirname(location.path);
  for (const folder of location.isFolder ? [location.path, beside] : [beside]) {
    const stated: StatedSize[] = [];
    for (const [name, read] of CARDS) {
      const card = join(folder, name);
      const text = await readCard(card, readable, issues);
      if (text === undefined) continue;
      try {
        stated.push(...read(text, card, location.path));
      } catch (error) {
        const message = errorSummary(error);
        issues.add('warning', 'bad-card', cardUnreadable({ file: card, reason: message }), card);
      }
    }
    if (stated.length > 0) return stated;
  }
  return [];
}

async function readCard(
  card: string,
  readable: ReadableFolders | undefined,
  issues: IssueLog,
): Promise<string | undefined> {
  try {
    // A card outside is none of this dataset's: nobody has asked for it.
    if (readable && (await reachOf(card, readable)).kind !== 'inside') return undefined;
    return (await readRegular(card, MAX_CARD)).toString('utf8');
  } catch (error) {
    const known = fileError(error, card);
    if (!isDataError(known)) throw known;
    if (known.code === 'no-permission') issues.addError(known);
    return undefined;
  }
}
