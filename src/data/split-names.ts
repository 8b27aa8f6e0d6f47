import { entryOf } from '../common/named-entries';

export type SplitName = 'train' | 'validation' | 'test';

const NAMES: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  tst: 'test',
  eval: 'test',
  t10k: 'test',
};

/** The split a folder, a file prefix or a cell names (`val` and `dev` are `validation`); `undefined` for other words. */
export function canonicalSplit(word: string): SplitName | undefined {
  return entryOf(NAMES, word.toLowerCase());
}
