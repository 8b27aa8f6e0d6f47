import * as l10n from '@vscode/l10n';
import { parse } from 'yaml';
import { canonicalSplit } from '../splits/names';
import type { Stated } from '../types';
import { asArray, asCount, asObject, asText } from './json';

/** `dataset_info` in the YAML at the head of a dataset card: one size for each configuration. */
export function huggingFaceSizes(text: string, card: string): Stated[] {
  const header = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (!header?.includes('dataset_info')) return [];
  // Aliases are a way to make a small document huge; cards have none.
  const info = asObject(parse(header, { maxAliasCount: 0, logLevel: 'error' }))?.['dataset_info'];
  return asArray(info).flatMap(each => configSize(asText(asObject(each)?.['config_name']), each, card));
}

/** The older `dataset_infos.json`: the same, by configuration. */
export function huggingFaceInfos(text: string, card: string): Stated[] {
  const infos = asObject(JSON.parse(text)) ?? {};
  return Object.entries(infos).flatMap(([config, info]) => configSize(config, info, card));
}

function configSize(config: string | undefined, info: unknown, card: string): Stated[] {
  const listed = asObject(info)?.['splits'];
  const byName = asObject(listed);
  const entries = byName
    ? Object.entries(byName).map(([name, split]) => ({ name, split: asObject(split) }))
    : asArray(listed).map(each => ({ name: asText(asObject(each)?.['name']), split: asObject(each) }));
  return total(
    entries.map(({ name, split }) => [name, asCount(split?.['num_examples'])]),
    config === undefined || config === 'default' ? card : l10n.t('{0} (configuration {1})', card, config),
  );
}

/** A stated size from the sizes of its splits; none where no split has one. */
export function total(
  sizes: readonly (readonly [name: string | undefined, count: number | undefined])[],
  from: string,
): Stated[] {
  const splits: Record<string, number> = {};
  let value = 0;
  for (const [name, count] of sizes) {
    if (count === undefined) continue;
    value += count;
    if (name !== undefined) {
      const split = canonicalSplit(name) ?? name;
      splits[split] = (splits[split] ?? 0) + count;
    }
  }
  if (sizes.every(([, count]) => count === undefined)) return [];
  return [{ value, unit: 'examples', from, ...(Object.keys(splits).length > 0 && { splits }) }];
}
