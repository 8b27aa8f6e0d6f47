import type { Position } from '../common/text-ranges';
import { trimWhere } from '../common/trim-text';
import { pathExpressionAt, wholePathAround } from './path-expressions';
import { type AnnotatedText, commentsAt, commentsOf } from '../language/annotated-text';
import type { Modality } from '../language/annotation-model';
import type { Comment } from '../language/lexer/line-scanner';

/** Files that are a dataset each, besides those that are split over many. */
const DATA_FILE =
  /\.(?:csv|tsv|tab|jsonl|ndjson|parquet|arrow|feather|npy|npz|db|sqlite3?|xlsx|tfrecords?|h5|hdf5|txt)(?:\.gz)?$/i;
/** Files that are one example each: many of them are a dataset. */
const EXAMPLE_FILE = /\.(?:png|jpe?g|webp|bmp|gif|tiff?|wav|flac|mp3|og[ga]|opus|txt)$/i;
/** Words about a project, which are no data. */
const ABOUT = /^(?:readme|license|licence|changelog|requirements|robots|cmakelists)\b/i;
const LITERAL = /(["'`])((?:(?!\1)[^\\]|\\.){1,400})\1/g;
/** Code lines are short; longer ones are data. */
const LONGEST_LINE = 1000;

/** The dataset whose path is the string that the cursor is in; a folder has to be looked for. */
function dataLiteralAt(text: AnnotatedText, { line, column }: Position): DataCall | undefined {
  const code = text.lines[line] ?? '';
  if (code.length > LONGEST_LINE) return undefined;
  const literal = [...code.matchAll(LITERAL)].find(
    ({ index, 0: whole }) => index <= column && column <= index + whole.length,
  );
  const whole = literal && wholePathAround(code, literal.index, literal.index + literal[0].length);
  const path = whole?.value ?? '';
  if (!literal || !whole || /[{}$\\<>|"]|:[/][/]|^\s|\s$/.test(path)) return undefined;
  const before = code.slice(0, literal.index);
  if (/\b(?:from|import|require|include)\s*\(?$/.test(before.trimEnd())) return undefined;
  const isFolder = !isDataFile(path);
  // Any word may be the name of a folder; one that is given a name or leads somewhere is meant as a path.
  if (isFolder && !/^[^/]+[/]|^[~.]?[/]./.test(path) && !before.trimEnd().endsWith('=')) return undefined;
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
function nameOfPath(where: string, isVariable: boolean): string {
  const last =
    where
      .split(/[/\\,]/)
      .filter(part => part !== '' && !/[*?[]|^\.+$/.test(part))
      .at(isVariable || !where.includes(',') ? -1 : 0) ?? '';
  const name = isVariable ? where : last.replace(/\.\w+(?:\.gz)?$/, '');
  const written = name.replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-');
  const clean = trimWhere(written, character => character === '-' || character === '.');
  return clean === '' ? 'data' : clean;
}

/** The kind of input that the ending of a path tells. */
function modalityOf(where: string): Modality | undefined {
  if (/\.(?:csv|tsv|tab|parquet|feather|xlsx?)(?:\.gz)?$/i.test(where)) return 'tabular';
  if (/\.(?:txt|jsonl)(?:\.gz)?$/i.test(where)) return 'text';
  if (/\.(?:wav|flac|mp3|og[ga]|opus)$/i.test(where)) return 'audio';
  return /\.(?:png|jpe?g|webp|bmp|gif|tiff?)$/i.test(where) ? 'image' : undefined;
}

/** A dataset that this code reads: by a call, or by a path that is written out. */
export interface DataCall {
  /** What the dataset may be called: by the variable, else by the file. */
  readonly name: string;
  readonly modality: Modality | undefined;
  /** Where the data lies on disk, as written, several by commas; absent for a dataset of a hub. */
  readonly path?: string;
  /** The id on a hub: `squad`, `org/name`. */
  readonly id?: string;
  /** Whether it is data only where a folder lies at the path. */
  readonly isFolder?: boolean;
  /** The line it is annotated above. */
  readonly line: number;
}

interface Pattern {
  /** Names of functions, joined by bars. */
  readonly names: string;
  readonly modality?: Modality;
  readonly isId?: boolean;
}

/** The name that an argument may be given by. */
const KEYWORD = String.raw`\s*(?:[A-Za-z_]+\s*[=:](?![=:])\s*)?`;

/** The common ways to read data in Python, R-like and JavaScript code. */
const PATTERNS: readonly Pattern[] = [
  {
    names: 'read_csv|read_table|read_parquet|read_feather|read_excel|scan_csv|scan_parquet',
    modality: 'tabular',
  },
  { names: 'make_csv_dataset|loadtxt|genfromtxt', modality: 'tabular' },
  { names: 'read_json|read_ndjson|TextLineDataset' },
  {
    names: 'ImageFolder|DatasetFolder|image_dataset_from_directory|flow_from_directory',
    modality: 'image',
  },
  { names: 'audio_dataset_from_directory', modality: 'audio' },
  { names: 'text_dataset_from_directory', modality: 'text' },
  { names: 'np.load|numpy.load|TFRecordDataset|CsvDataset|FixedLengthRecordDataset' },
  { names: 'Dataset.list_files|Dataset.load|experimental.load' },
  { names: 'data.csv', modality: 'tabular' },
  { names: 'load_dataset|tfds.load', isId: true },
];

/** White space, line breaks too, may stand around a dot. */
const DOT = String.raw`\s*\.\s*`;
const CALLS = PATTERNS.map(({ names, modality, isId = false }) => ({
  pattern: new RegExp(
    String.raw`(?<![\w.])(?:\w+${DOT}){0,8}(?:${names.replaceAll('.', DOT)})\s*\(${KEYWORD}`,
    'g',
  ),
  modality,
  isId,
}));
/** Most code reads no data, and to know its comments takes longer than to see that. */
const READS = new RegExp(PATTERNS.map(({ names }) => names.replaceAll('.', DOT)).join('|'));

/** What `load_dataset` calls a format: what it loads is named in `data_files` or `data_dir`. */
const FORMATS: ReadonlyMap<string, Modality | undefined> = new Map([
  ['csv', 'tabular'],
  ['json', undefined],
  ['parquet', 'tabular'],
  ['arrow', undefined],
  ['pandas', 'tabular'],
  ['text', 'text'],
  ['imagefolder', 'image'],
  ['audiofolder', 'audio'],
  ['videofolder', 'video'],
  ['webdataset', undefined],
]);

/** As many lines as a call is looked for above and below the cursor. */
const REACH = 12;

/** The dataset that the code at a position reads; `undefined` in a comment, or where its place is not written out. */
export function dataCallAt(text: AnnotatedText, position: Position): DataCall | undefined {
  return callAround(text, position.line) ?? dataLiteralAt(text, position);
}

function callAround(text: AnnotatedText, line: number): DataCall | undefined {
  const first = Math.max(0, line - REACH);
  const lines = text.lines
    .slice(first, line + REACH + 1)
    .map(each => (each.length > LONGEST_LINE ? '' : each));
  if (!READS.test(lines.join('\n'))) return undefined;
  const code = withoutComments(text, lines, first);
  const around = callsIn(code).filter(({ from, to }) => spans(lines, from, to, line - first));
  const found = around.reduce<Call | undefined>(
    (best, each) => (best && best.from >= each.from ? best : each),
    undefined,
  );
  if (!found) return undefined;
  let start = lineAt(lines, found.from);
  // Nothing may come between lines that a backslash joins.
  while (start > 0 && lines[start - 1]?.trimEnd().endsWith('\\')) start--;
  const before = code.slice(offsetOf(lines, start), found.from);
  const { where, modality, isId } = found;
  const place = isId ? { id: where } : { path: where };
  return {
    name: nameOf(before, where),
    modality: modality ?? modalityOf(where),
    ...place,
    line: first + start,
  };
}

interface Call {
  /** Where it begins, and where its closing bracket stands. */
  readonly from: number;
  readonly to: number;
  readonly where: string;
  readonly modality: Modality | undefined;
  readonly isId: boolean;
}

function callsIn(code: string): readonly Call[] {
  return CALLS.flatMap(({ pattern, modality, isId }) =>
    [...code.matchAll(pattern)].flatMap((match): Call[] => {
      const path = pathExpressionAt(code, match.index + match[0].length);
      // What goes on behind it is more than a path.
      if (!path || !/^\s*(?:[,)]|$)/.test(code.slice(path.end, path.end + 100))) return [];
      const where = path.value;
      const from = match.index;
      const to = endOfCall(code, from + match[0].indexOf('('));
      if (isId && FORMATS.has(where)) {
        const files = loadedFiles(code.slice(path.end, to));
        const kind = FORMATS.get(where);
        return files === undefined ? [] : [{ from, to, where: files, modality: kind, isId: false }];
      }
      if (!isPlain(where)) return [];
      return [{ from, to, where, modality, isId: isId && !isLocal(where) }];
    }),
  );
}

/** `load_dataset` takes a folder where an id could be: `./data`, `/data/x`, `a/b/c`. */
function isLocal(where: string): boolean {
  return /^(?:\.{0,2}[/]|~|[^/]+[/][^/]+[/])/.test(where);
}

/** Text that stands for itself: nothing is put into it, or escaped. */
function isPlain(where: string): boolean {
  return !/[{}$\\\n]/.test(where);
}

/** What `data_files` and `data_dir` name among the arguments of `load_dataset`, joined by commas. */
function loadedFiles(rest: string): string | undefined {
  const [folder] = stringsOf(rest, 'data_dir');
  const files = stringsOf(rest, 'data_files').map(file =>
    folder === undefined ? file : `${folder}/${file}`,
  );
  const all = files.length > 0 ? files : folder === undefined ? [] : [folder];
  return all.length > 0 && all.every(isPlain) ? [...new Set(all)].join(',') : undefined;
}

/** The texts of an argument: one, or those of a list or a dictionary. */
function stringsOf(rest: string, argument: string): readonly string[] {
  const match = new RegExp(String.raw`\b${argument}\s*=\s*([[{(]?)`).exec(rest);
  if (!match) return [];
  const start = match.index + match[0].length;
  const bracket = match[1] ?? '';
  const value = rest.slice(start, bracket === '' ? undefined : endOfCall(rest, start - 1));
  const literal = /(["'])((?:(?!\1)[^\\]|\\.)*)\1(\s*:)?/g;
  const found = [...value.matchAll(literal)].filter(
    ([, , , colon]) => bracket !== '{' || colon === undefined,
  );
  const texts = found.map(([, , each = '']) => each);
  if (bracket !== '') return texts;
  return /^["']/.test(value) ? texts.slice(0, 1) : [];
}

/** Where the bracket that opens at `open` is closed; the end of the code where it is not. */
function endOfCall(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const c = code.charAt(i);
    if (c === '"' || c === "'" || c === '`') i = endOfString(code, i);
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth === 0) return i;
  }
  return code.length;
}

function endOfString(code: string, open: number): number {
  for (let i = open + 1; i < code.length; i++) {
    if (code[i] === '\\') i++;
    else if (code[i] === code[open]) return i;
  }
  return code.length;
}

/** The code with white space for its comments, so that all stays in its place. */
function withoutComments(text: AnnotatedText, lines: readonly string[], first: number): string {
  const comments = commentsOf(text, first, first + lines.length);
  return lines
    .map((line, i) => (comments[i] ?? []).reduce((left, comment) => blanked(left, comment), line))
    .join('\n');
}

function blanked(line: string, { start, end, leader }: Comment): string {
  const opens = line.endsWith(leader, start);
  const from = opens ? start - leader.length : start;
  return line.slice(0, from) + ' '.repeat(Math.max(0, end - from)) + line.slice(end);
}

function spans(lines: readonly string[], from: number, to: number, line: number): boolean {
  return lineAt(lines, from) <= line && line <= lineAt(lines, to);
}

function lineAt(lines: readonly string[], offset: number): number {
  let end = -1;
  return Math.max(
    0,
    lines.findIndex(line => (end += line.length + 1) >= offset),
  );
}

function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
}

/** `train_images = …` is called train-images; without a variable of a telling name, the file is. */
function nameOf(before: string, where: string): string {
  const near = before.length > LONGEST_LINE ? '' : before;
  const variable = /(?:^|\b(?:const|let|var)\s)\s*([A-Za-z]\w*)\s*(?::[^=]*)?=[^=]*$/.exec(near)?.[1] ?? '';
  const telling =
    variable.length > 2 && !/^(?:data|dataset|train|test|val|raw|out|res|result|frame)$/i.test(variable);
  return nameOfPath(telling ? variable : where, telling);
}
