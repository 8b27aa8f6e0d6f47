import { commentsAt, type AnnotatedText } from '../annotations/document';
import type { Modality } from '../annotations/model';
import { quote } from '../annotations/parser/elements';
import { syntaxOf } from '../annotations/languages/lookup';
import type { Position } from '../annotations/text';

/** A call in the code that reads a dataset. */
export interface DataCall {
  /** What the dataset may be called: by the variable, else by the file. */
  readonly name: string;
  readonly modality: Modality | undefined;
  /** Where the data lies on disk, as written; absent for a dataset of a hub. */
  readonly path?: string;
  /** The id on a hub: `squad`, `org/name`. */
  readonly id?: string;
}

interface Pattern {
  readonly call: RegExp;
  readonly modality?: Modality;
  readonly isId?: boolean;
}

const STRING = String.raw`\s*(?:[A-Za-z_]+\s*[=:]\s*)?[rbuf]{0,2}(["'\`])((?:(?!\1)[^\\]|\\.){1,400})\1`;
const call = (names: string): RegExp =>
  new RegExp(String.raw`(?:^|[^\w.])(?:[\w]+\.)*(?:${names})\(${STRING}`);

/** The common ways to read data in Python, R-like and JavaScript code. */
const PATTERNS: readonly Pattern[] = [
  {
    call: call('read_csv|read_table|read_parquet|read_feather|read_excel|scan_csv|scan_parquet'),
    modality: 'tabular',
  },
  { call: call('make_csv_dataset|loadtxt|genfromtxt'), modality: 'tabular' },
  { call: call('read_json|read_ndjson|TextLineDataset') },
  {
    call: call('ImageFolder|DatasetFolder|image_dataset_from_directory|flow_from_directory'),
    modality: 'image',
  },
  { call: call('audio_dataset_from_directory'), modality: 'audio' },
  { call: call('text_dataset_from_directory'), modality: 'text' },
  { call: call('np\\.load|numpy\\.load|TFRecordDataset|CsvDataset|FixedLengthRecordDataset') },
  { call: call('data\\.csv'), modality: 'tabular' },
  { call: call('load_dataset|tfds\\.load'), isId: true },
];

/** Code lines are short; longer ones are data. */
const LONGEST_LINE = 1000;

/** The call on a line that reads a dataset; `undefined` for a comment, or where the path is no plain text. */
export function dataCallAt(text: AnnotatedText, line: number): DataCall | undefined {
  const code = text.lines[line];
  if (code === undefined || code.length > LONGEST_LINE) return undefined;
  for (const { call: pattern, modality, isId = false } of PATTERNS) {
    const match = pattern.exec(code);
    const where = match?.[2];
    if (!match || where === undefined || /[{}$\\\n]/.test(where)) continue;
    if (commentsAt(text, line).some(({ start }) => start <= match.index)) return undefined;
    // `load_dataset("csv", …)` names a format, and what it loads stands elsewhere.
    if (isId && /^(?:csv|json|parquet|text|imagefolder|audiofolder|arrow)$/.test(where)) return undefined;
    const name = nameOf(code.slice(0, match.index + 1), where);
    return { name, modality: modality ?? modalityOf(where), ...(isId ? { id: where } : { path: where }) };
  }
  return undefined;
}

/** `train_images = …` is called train-images; without a variable of a telling name, the file is. */
function nameOf(before: string, where: string): string {
  const variable = /(?:^|\b(?:const|let|var)\s)\s*([A-Za-z]\w*)\s*(?::[^=]*)?=[^=]*$/.exec(before)?.[1] ?? '';
  const telling =
    variable.length > 2 && !/^(?:data|dataset|train|test|val|raw|out|res|result|frame)$/i.test(variable);
  const last =
    where
      .split(/[/\\]/)
      .filter(part => part !== '' && !/[*?[]/.test(part))
      .at(-1) ?? '';
  const name = telling ? variable : last.replace(/\.\w+(?:\.gz)?$/, '');
  const clean = name.replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return clean === '' ? 'data' : clean;
}

function modalityOf(where: string): Modality | undefined {
  if (/\.(?:csv|tsv|parquet|feather|xlsx?)(?:\.gz)?$/i.test(where)) return 'tabular';
  if (/\.(?:txt|jsonl)(?:\.gz)?$/i.test(where)) return 'text';
  if (/\.wav$/i.test(where)) return 'audio';
  return /\.(?:png|jpe?g|webp)$/i.test(where) ? 'image' : undefined;
}

/** An annotation to insert above a line, the task to be filled in. */
export interface ProposedAnnotation {
  readonly name: string;
  readonly position: Position;
  /** A snippet: the task is its first place to fill in. */
  readonly snippet: string;
}

/** The annotation for the call on a line; `undefined` where there is none, or the language has no line comment. */
export function proposeAnnotation(
  text: AnnotatedText,
  line: number,
  taken: ReadonlySet<string>,
): ProposedAnnotation | undefined {
  const found = dataCallAt(text, line);
  const leader = syntaxOf(text.languageId).line?.[0];
  if (!found || leader === undefined) return undefined;
  const name = unused(found.name, taken);
  const indent = /^\s*/.exec(text.lines[line] ?? '')?.[0] ?? '';
  const words = [
    `@dataset ${name}`,
    'task=${1:task}',
    found.modality === undefined
      ? 'input=${2|image,audio,text,tabular,video,sequence|}'
      : `input=${found.modality}`,
    'num_examples=${3:1k}',
    ...(found.path === undefined ? [] : [`path=${escaped(quote(found.path))}`]),
    ...(found.id === undefined ? [] : [`source_datasets=${escaped(found.id)}`]),
  ];
  return { name, position: { line, column: 0 }, snippet: `${indent}${leader} ${words.join(' ')}\n` };
}

function unused(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
