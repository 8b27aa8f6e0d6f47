import { commentsAt, type AnnotatedText } from '../annotations/document';
import type { Modality } from '../annotations/model';
import type { Position } from '../annotations/text';
import type { DataCall } from './data-calls';

/** Files that are a dataset each, besides those that are split over many. */
const DATA_FILE =
  /\.(?:csv|tsv|tab|jsonl|ndjson|parquet|arrow|feather|npy|npz|db|sqlite3?|xlsx|tfrecords?|h5|hdf5|txt)(?:\.gz)?$/i;
/** Files that are one example each: many of them are a dataset. */
const EXAMPLE_FILE = /\.(?:png|jpe?g|webp|wav|txt)$/i;
/** Words about a project, which are no data. */
const ABOUT = /^(?:readme|license|licence|changelog|requirements|robots|cmakelists)\b/i;
const LITERAL = /(["'`])((?:(?!\1)[^\\]|\\.){1,400})\1/g;
/** Code lines are short; longer ones are data. */
export const LONGEST_LINE = 1000;

/** The dataset whose path is the string that the cursor is in; a folder has to be looked for. */
export function dataLiteralAt(text: AnnotatedText, { line, column }: Position): DataCall | undefined {
  const code = text.lines[line] ?? '';
  if (code.length > LONGEST_LINE) return undefined;
  const literal = [...code.matchAll(LITERAL)].find(
    ({ index, 0: whole }) => index <= column && column <= index + whole.length,
  );
  const path = literal?.[2] ?? '';
  if (!literal || /[{}$\\<>|"]|:[/][/]|^\s|\s$/.test(path)) return undefined;
  const before = code.slice(0, literal.index);
  if (/(?:\bfrom|\bimport|\brequire|\binclude)\s*\(?\s*$/.test(before)) return undefined;
  const isFolder = !isDataFile(path);
  // Any word may be the name of a folder; one that is given a name or leads somewhere is meant as a path.
  if (isFolder && !/^[^/]+[/]|^[~.]?[/]./.test(path) && !/=\s*$/.test(before)) return undefined;
  if (commentsAt(text, line).some(({ start, end }) => start <= literal.index && literal.index < end))
    return undefined;
  return {
    name: nameOfPath(path, false),
    modality: modalityOf(path),
    path,
    ...(isFolder ? { isFolder } : {}),
    line,
  };
}

function isDataFile(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  if (/[*?]/.test(path)) return DATA_FILE.test(name) || EXAMPLE_FILE.test(name);
  return DATA_FILE.test(name) && !ABOUT.test(name);
}

/** What a dataset at a path may be called: as its last part is, or a variable. */
export function nameOfPath(where: string, isVariable: boolean): string {
  const last =
    where
      .split(/[/\\,]/)
      .filter(part => part !== '' && !/[*?[]|^\.+$/.test(part))
      .at(isVariable || !where.includes(',') ? -1 : 0) ?? '';
  const name = isVariable ? where : last.replace(/\.\w+(?:\.gz)?$/, '');
  const clean = name.replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return clean === '' ? 'data' : clean;
}

/** The kind of input that the ending of a path tells. */
export function modalityOf(where: string): Modality | undefined {
  if (/\.(?:csv|tsv|tab|parquet|feather|xlsx?)(?:\.gz)?$/i.test(where)) return 'tabular';
  if (/\.(?:txt|jsonl)(?:\.gz)?$/i.test(where)) return 'text';
  if (/\.wav$/i.test(where)) return 'audio';
  return /\.(?:png|jpe?g|webp)$/i.test(where) ? 'image' : undefined;
}
