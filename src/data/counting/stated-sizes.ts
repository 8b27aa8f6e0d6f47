import { isRecord } from '../../common/validation';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cardUnreadable, statedIn } from '../../messages/counting-messages';
import { errorSummary } from '../../common/errors';
import { readRegular } from '../../files/regular-file';
import { MAX_CARD, cardEntry, cardText, configurationsAt, configurationsOf } from '../dataset/configurations';
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

/**
 * `dataset_info` in the YAML at the head of a dataset card: one size for each configuration, or that of the
 * configuration that is counted, where the card says which files are whose.
 */
function huggingFaceSizes(text: string, card: string, location: string): StatedSize[] {
  const all = asArray(cardEntry(text, 'dataset_info')).map(info => ({
    name: asText(asObject(info)?.['config_name']),
    info,
  }));
  const only = configurationsAt(configurationsOf(text), dirname(card), location);
  const known = all.filter(({ name }) => only === undefined || (name !== undefined && only.has(name)));
  return (known.length > 0 ? known : all).flatMap(({ name, info }) => configSize(name, info, card));
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

/**
 * `dataset_info.json`. Of TFDS, a list of splits with the examples of their shards; of Hugging Face's `save_to_disk`,
 * splits by their names with their examples.
 */
function datasetInfoSizes(text: string, card: string): StatedSize[] {
  const info = asObject(JSON.parse(text));
  if (asObject(info?.['splits'])) return configSize(undefined, info, card);
  const splits = asArray(info?.['splits']).map(asObject);
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
  const sets = asArray(root['recordSet'] ?? root['cr:recordSet']).map(asObject);
  const referenced = new Set<string>();
  for (const set of sets) for (const field of fieldsOf(set)) addReferences(field, referenced);
  return sets.flatMap(set => {
    if (!set || isEnumeration(set, referenced)) return [];
    const data = set['data'] ?? set['cr:data'];
    const value = quantity(set['size'] ?? set['sc:size']) ?? (Array.isArray(data) ? data.length : undefined);
    const name = asText(set['name']) ?? asText(set['@id']) ?? '';
    return value === undefined
      ? []
      : [{ value, unit: 'examples', from: statedIn(card, { kind: 'record set', name }) }];
  });
}

function fieldsOf(set: Json | undefined): readonly (Json | undefined)[] {
  return asArray(set?.['field'] ?? set?.['cr:field']).map(asObject);
}

/** The ids that a field, and those in it, refer to. */
function addReferences(field: Json | undefined, to: Set<string>): void {
  for (const reference of asArray(field?.['references'] ?? field?.['cr:references'])) {
    const target = asObject(reference);
    const inner = target?.['field'] ?? target?.['cr:field'] ?? target?.['@id'] ?? reference;
    const id = asText(inner) ?? asText(asObject(inner)?.['@id']);
    if (id !== undefined) to.add(id);
  }
  for (const sub of asArray(field?.['subField'] ?? field?.['cr:subField'])) addReferences(asObject(sub), to);
}

function isCroissant(root: Json): boolean {
  const words = JSON.stringify([root['@context'], root['conformsTo'], root['dct:conformsTo']]);
  return words.includes('croissant');
}

/** Names that other records refer to: it says so, or its records are written out and others point at them. */
function isEnumeration(set: Json, referenced: ReadonlySet<string>): boolean {
  const types = [...asArray(set['dataType']), ...asArray(set['cr:dataType'])];
  if (types.some(type => /Enumeration$|Split$/.test(asText(type) ?? '')) || set['isEnumeration'] === true)
    return true;
  const data = asArray(set['data'] ?? set['cr:data']).map(asObject);
  const ids = [set, ...fieldsOf(set)].map(each => asText(each?.['@id'])).filter(id => id !== undefined);
  if (data.length > 0 && ids.some(id => referenced.has(id))) return true;
  const names = data.flatMap(record => Object.values(record ?? {}).map(asText));
  return names.length > 0 && names.every(name => name !== undefined && canonicalSplit(name) !== undefined);
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

/** Reads the sizes that a card's text states. `location` is what the user's path named. */
export type CardReader = (text: string, card: string, location: string) => StatedSize[];

const CARDS: readonly (readonly [name: string, read: CardReader])[] = [
  ['README.md', huggingFaceSizes],
  ['dataset_infos.json', huggingFaceInfos],
  ['dataset_info.json', datasetInfoSizes],
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
  const inside = location.isFolder ? [location.path, ...(await versionFolders(location.path, readable))] : [];
  for (const folder of [...inside, beside]) {
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

/** TFDS keeps a dataset, and each of its configurations, in folders of versions: the latest is read. */
const VERSION = /^\d+\.\d+\.\d+$/;

async function versionFolders(path: string, readable: ReadableFolders | undefined): Promise<string[]> {
  if (readable && (await reachOf(path, readable)).kind !== 'inside') return [];
  const names = await readdir(path).catch(() => []);
  const versions = names.filter(name => VERSION.test(name));
  const byNumber = new Intl.Collator('en', { numeric: true });
  const latest = versions.sort((a, b) => byNumber.compare(b, a))[0];
  return latest === undefined ? [] : [join(path, latest)];
}

async function readCard(
  card: string,
  readable: ReadableFolders | undefined,
  issues: IssueLog,
): Promise<string | undefined> {
  try {
    // A card outside is none of this dataset's: nobody has asked for it.
    if (readable && (await reachOf(card, readable)).kind !== 'inside') return undefined;
    return cardText(await readRegular(card, MAX_CARD));
  } catch (error) {
    const known = fileError(error, card);
    if (!isDataError(known)) throw known;
    if (known.code === 'no-permission') issues.addError(known);
    return undefined;
  }
}
