import type { Stated } from '../types';
import { total } from './hugging-face';
import { asArray, asCount, asObject, asText } from './json';

/** TFDS `dataset_info.json`: each split lists the examples of its shards. */
export function tfdsSizes(text: string, card: string): Stated[] {
  const splits = asArray(asObject(JSON.parse(text))?.['splits']).map(asObject);
  return total(
    splits.map(split => [asText(split?.['name']), shardSum(asArray(split?.['shardLengths']))]),
    card,
  );
}

function shardSum(shards: readonly unknown[]): number | undefined {
  const counts = shards.map(asCount);
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
