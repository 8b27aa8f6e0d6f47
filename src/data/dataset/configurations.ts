import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import { configurationChosen } from '../../messages/data-access-messages';
import { cardTooComplex } from '../../messages/counting-messages';
import { isBoundedGlob } from '../../common/glob-bounds';
import { globFolder } from '../../common/path-syntax';
import { entryOf } from '../../common/named-entries';
import { isRecord } from '../../common/validation';
import { readRegular } from '../../files/regular-file';
import { withinTime } from '../bytes/bounded-time';
import { isDataError } from '../issues';
import { fileError } from '../paths/file-access';
import { reachOf } from '../paths/readable-folders';
import type { ResolvedPath } from '../paths/resolve-path';
import type { WalkOptions } from '../paths/walk-folders';

/** A card is text; a larger file is something else. */
export const MAX_CARD = 8 * 1024 * 1024;
/** In milliseconds. The largest cards of real datasets take a tenth of it. */
const MAX_CARD_TIME = 3000;

/** The text of a card's bytes, without the mark that some editors put in front. */
export function cardText(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/**
 * What a dataset card of Hugging Face (`README.md`) says under a name in the YAML at its head.
 *
 * @throws Error where it cannot be parsed, or takes too long
 */
export function cardEntry(card: string, name: string): unknown {
  const header = /^\s*---[ \t]*\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1];
  if (!header?.includes(`${name}:`)) return undefined;
  // Aliases can make a small document huge; cards do not use them. To compare all names with all others takes the
  // square of their number, and some nestings take years.
  const read = withinTime(MAX_CARD_TIME, (): unknown =>
    parse(section(header, name), { maxAliasCount: 0, uniqueKeys: false, logLevel: 'error' }),
  );
  if (!read) throw new Error(cardTooComplex());
  return isRecord(read.value) ? entryOf(read.value, name) : undefined;
}

/** The lines of one name at the top of a YAML mapping, down to the next name. */
function section(text: string, name: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex(line => line.startsWith(`${name}:`));
  if (start < 0) return text;
  const length = lines.slice(start + 1).findIndex(line => /^[^\s#-]/.test(line));
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** A part of a dataset that can be loaded alone; others may hold the same examples. */
export interface Configuration {
  readonly name: string;
  readonly isDefault: boolean;
  /** Of its files, from the card's folder, with `/`. */
  readonly patterns: readonly string[];
  /** The folders that the patterns start from, as their steps; empty for the card's own. */
  readonly folders: readonly string[];
}

/** The configurations that a card lists, with their files; none where it lists fewer than two. */
export function configurationsOf(card: string): readonly Configuration[] {
  const listed = cardEntry(card, 'configs');
  const found = asList(listed).flatMap((each): Configuration[] => {
    if (!isRecord(each) || typeof each['config_name'] !== 'string') return [];
    const below = typeof each['data_dir'] === 'string' ? `${each['data_dir']}/` : '';
    const patterns = patternsOf(each['data_files']).map(pattern => plain(below + pattern));
    const files = patterns.length > 0 || below === '' ? patterns : [`${plain(below)}**`];
    if (files.length === 0) return [];
    const name = each['config_name'];
    const folders = [...new Set(files.map(folderOf))];
    return [{ name, isDefault: name === 'default' || each['default'] === true, patterns: files, folders }];
  });
  return found.length < 2 ? [] : found;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}

/** `data/*.csv`, a list of those, or of `{split: train, path: …}`. */
function patternsOf(files: unknown): string[] {
  return asList(files).flatMap(each => {
    if (typeof each === 'string') return [each];
    return isRecord(each) ? asList(each['path']).filter(path => typeof path === 'string') : [];
  });
}

function plain(pattern: string): string {
  return pattern.replace(/^(?:\.\/)+/, '').replace(/\/{2,}/g, '/');
}

function folderOf(pattern: string): string {
  const folder = globFolder(pattern);
  const last = folder === pattern ? folder.slice(0, Math.max(0, folder.lastIndexOf('/'))) : folder;
  return last === '.' ? '' : last;
}

/**
 * Of a folder whose card lists several configurations, the files of the default one: the others often hold the same
 * examples once more. Which are left out is reported. Where none is the default, all files stay.
 */
export async function ofDefaultConfiguration(
  location: ResolvedPath,
  options: WalkOptions,
): Promise<ResolvedPath> {
  const card = location.isFolder ? await cardIn(location, options) : undefined;
  const all = card === undefined ? [] : readConfigurations(card);
  const chosen = all.find(({ isDefault }) => isDefault);
  if (!chosen) return location;
  const others = all.filter(each => each !== chosen);
  const apart =
    !chosen.folders.includes('') &&
    chosen.folders.every(folder => others.every(each => !each.folders.some(one => overlap(folder, one))));
  const matches = chosen.patterns.filter(isBoundedGlob).map(pattern => picomatch(pattern));
  const isOurs = (file: string): boolean =>
    apart ? chosen.folders.some(folder => file.startsWith(`${folder}/`)) : matches.some(match => match(file));
  let left = 0;
  const folders = location.folders.map(folder => {
    const files = folder.files.filter(name => isOurs([...folder.steps, name].join('/')));
    left += folder.files.length - files.length;
    return { ...folder, files };
  });
  if (folders.every(({ files }) => files.length === 0)) return location;
  // The card itself is no data either way.
  if (left > 1) {
    const message = configurationChosen({
      dataset: location.path,
      chosen: chosen.name,
      others: others.map(({ name }) => name),
    });
    options.issues.add('warning', 'mixed-formats', message, location.path);
  }
  return { ...location, folders };
}

function overlap(a: string, b: string): boolean {
  return b === '' || a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** A card that cannot be parsed is reported where the sizes that it states are read. */
function readConfigurations(card: string): readonly Configuration[] {
  try {
    return configurationsOf(card);
  } catch {
    return [];
  }
}

async function cardIn({ path, folders }: ResolvedPath, options: WalkOptions): Promise<string | undefined> {
  const file = join(path, 'README.md');
  const root = folders.find(folder => folder.steps.length === 0 && folder.path === path);
  if (root?.files.includes('README.md') !== true) return undefined;
  try {
    if (options.readable && (await reachOf(file, options.readable)).kind !== 'inside') return undefined;
    return cardText(await readRegular(file, MAX_CARD));
  } catch (error) {
    if (!isDataError(fileError(error, file))) throw error;
    return undefined;
  }
}

/** The configurations that the sizes of a place are of: the one whose folder it is, or the default one, or all. */
export function configurationsAt(
  all: readonly Configuration[],
  folder: string,
  location: string,
): ReadonlySet<string> | undefined {
  const at = relative(folder, location).split(sep).join('/');
  const own = all.filter(
    ({ folders }) => at !== '' && folders.some(each => each === at || at.startsWith(`${each}/`)),
  );
  const chosen = own.length === 1 ? own : all.filter(({ isDefault }) => at === '' && isDefault);
  return chosen.length === 1 ? new Set(chosen.map(({ name }) => name)) : undefined;
}
