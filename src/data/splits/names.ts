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
  return NAMES[word.toLowerCase()];
}

/** The split a file name begins or ends with: `train.csv`, `test-00000-of-00002.parquet`, `sst2_dev.tsv`. */
export function splitOfFileName(name: string): SplitName | undefined {
  const words = name.replace(/\..*$/, '').split(/[-_ ]/);
  return canonicalSplit(words[0] ?? '') ?? canonicalSplit(words.at(-1) ?? '');
}
