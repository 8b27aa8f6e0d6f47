import { isIdxName } from '../formats/arrays/idx';

export type TableFormat = 'csv' | 'jsonl' | 'parquet' | 'arrow' | 'npy' | 'npz' | 'idx' | 'sqlite';
export type FileFamily = 'image' | 'audio' | 'text';
export type Format = TableFormat | FileFamily;

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  npy: 'npy',
  npz: 'npz',
  db: 'sqlite',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  webp: 'image',
  wav: 'audio',
  txt: 'text',
};

const COMPRESSED: ReadonlySet<Format> = new Set<Format>(['csv', 'jsonl', 'text', 'idx']);

/** Words about the data, which are no data. */
const ABOUT = /^(readme|license|licence|copying|citation|changelog|notice|authors|requirements)\b/i;

/** The format a file name stands for; `undefined` for other files, and for those about the data (`README.txt`). */
export function formatOfName(name: string): Format | undefined {
  if (ABOUT.test(name)) return undefined;
  const gz = name.toLowerCase().endsWith('.gz');
  const bare = gz ? name.slice(0, -3) : name;
  const extension = bare.slice(bare.lastIndexOf('.') + 1).toLowerCase();
  const format = EXTENSIONS[extension] ?? (isIdxName(name) ? 'idx' : undefined);
  return gz && format !== undefined && !COMPRESSED.has(format) ? undefined : format;
}

export function isFileFamily(format: Format): format is FileFamily {
  return format === 'image' || format === 'audio' || format === 'text';
}
