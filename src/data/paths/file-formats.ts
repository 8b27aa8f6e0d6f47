import { compressionOf } from '../bytes/compression';

export type TableFormat =
  | 'csv'
  | 'jsonl'
  | 'json'
  | 'parquet'
  | 'arrow'
  | 'npy'
  | 'npz'
  | 'idx'
  | 'sqlite'
  | 'zip'
  | 'arff'
  | 'svmlight'
  | 'tfrecord'
  | 'hdf5'
  | 'matlab'
  | 'excel';
export type FileFamily = 'image' | 'audio' | 'text';
export type Format = TableFormat | FileFamily;

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  data: 'csv',
  dat: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  npy: 'npy',
  npz: 'npz',
  db: 'sqlite',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  zip: 'zip',
  arff: 'arff',
  svm: 'svmlight',
  libsvm: 'svmlight',
  svmlight: 'svmlight',
  xlsx: 'excel',
  xlsm: 'excel',
  xls: 'excel',
  h5: 'hdf5',
  hdf5: 'hdf5',
  he5: 'hdf5',
  mat: 'matlab',
  tfrecord: 'tfrecord',
  tfrecords: 'tfrecord',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  webp: 'image',
  bmp: 'image',
  gif: 'image',
  tif: 'image',
  tiff: 'image',
  wav: 'audio',
  flac: 'audio',
  mp3: 'audio',
  ogg: 'audio',
  oga: 'audio',
  opus: 'audio',
  txt: 'text',
};

const COMPRESSED: ReadonlySet<Format> = new Set<Format>([
  'csv',
  'jsonl',
  'json',
  'text',
  'idx',
  'arff',
  'svmlight',
  'tfrecord',
]);

/** Words about the data, which are no data. */
const DOCUMENTATION_NAMES =
  /^(readme|license|licence|copying|citation|changelog|notice|authors|requirements)\b/i;

/** JSON about the data, about a model, or about a project. */
const DESCRIPTION_NAMES =
  /^(?:croissant|metadata|datapackage|dataset_infos?|dataset_dict|state|info|package(?:-lock)?|tsconfig|(?:\w+_)?config|tokenizer\w*|special_tokens_map|strategy-advisor\S*)\.json$/i;

const FORMATS: ReadonlyMap<string, Format> = new Map(Object.entries(EXTENSIONS));
const DOCUMENTATION_FIRST_LETTERS = 'rlcnaRLCNA';

/** Whether a name may be about the data: cheaper to ask than the expression. */
function mayBeDocumentation(name: string): boolean {
  return DOCUMENTATION_FIRST_LETTERS.includes(name.charAt(0));
}

/** Whether a file name is one of IDX (`train-images-idx3-ubyte.gz`, `labels.idx`). */
function isIdxName(name: string): boolean {
  return /(?:[-.]idx\d-?(?:ubyte|u?byte|short|int|float|double)?|\.idx\d?)(?:\.gz)?$/i.test(name);
}

/** A shard as TensorFlow names it: `train.tfrecord-00000-of-00010`. */
const SHARD = /\.tfrecords?-\d+-of-\d+(?:\.gz)?$/i;

function formatOfOddName(name: string, extension: string): Format | undefined {
  if (DOCUMENTATION_NAMES.test(name) || DESCRIPTION_NAMES.test(name)) return undefined;
  if (SHARD.test(name)) return 'tfrecord';
  if (compressionOf(name) === undefined)
    return FORMATS.get(extension) ?? (isIdxName(name) ? 'idx' : undefined);
  const bare = name.slice(0, name.lastIndexOf('.'));
  const inner = bare.slice(bare.lastIndexOf('.') + 1).toLowerCase();
  const format = FORMATS.get(inner) ?? (isIdxName(name) ? 'idx' : undefined);
  return format !== undefined && COMPRESSED.has(format) ? format : undefined;
}

/** The format a file name stands for; `undefined` for other files, and for those about the data (`README.txt`). */
export function formatOfName(name: string): Format | undefined {
  const written = name.slice(name.lastIndexOf('.') + 1);
  // Folders hold tens of thousands of names, nearly all of them plain.
  const plain = mayBeDocumentation(name) || written === 'json' ? undefined : FORMATS.get(written);
  return plain ?? formatOfOddName(name, written.toLowerCase());
}

export function isFileFamily(format: Format): format is FileFamily {
  return format === 'image' || format === 'audio' || format === 'text';
}
