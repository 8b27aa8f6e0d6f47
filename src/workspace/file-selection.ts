import { languageOfFile } from '../language/languages/language-registry';

/** What a file name promises: source in a known language, a notebook, or, without an ending, perhaps a script. */
export type FileKind = 'source' | 'notebook' | 'script';

/** Endings that hold data: an at-sign in them is a datum, however like an annotation it looks. */
const DATA =
  /\.(?:csv|tsv|psv|json|jsonl|ndjson|geojson|log|out|arff|libsvm|svmlight|parquet|arrow|feather|npy|npz|pkl|pickle|h5|hdf5|db|sqlite3?|tfrecord|mat)(?:\.(?:gz|bz2|xz|zst|zip))?$/i;

export type FileKindOf = (name: string) => FileKind | undefined;

/** Selects the files to read by their names only. Results are cached by extension: a tree has few. */
export function createFileKindOf(): FileKindOf {
  const byEnding = new Map<string, FileKind | undefined>();
  return name => {
    const dot = name.lastIndexOf('.');
    // `Makefile`, `.bashrc`: the whole name counts, not an ending of it.
    if (dot <= 0) return languageOfFile(name) === undefined ? scriptOrNot(dot) : 'source';
    const ending = name.slice(dot);
    if (byEnding.has(ending)) return byEnding.get(ending) ?? wholeName(name);
    const kind =
      ending === '.ipynb' ? 'notebook' : languageOfFile(ending) === undefined ? undefined : 'source';
    byEnding.set(ending, kind);
    return kind ?? wholeName(name);
  };
}

function scriptOrNot(dot: number): FileKind | undefined {
  return dot < 0 ? 'script' : undefined;
}

/** `meson.build`, `poetry.lock`: listed by their whole names. */
function wholeName(name: string): FileKind | undefined {
  return languageOfFile(name) === undefined ? undefined : 'source';
}

export function isDataFile(name: string): boolean {
  return DATA.test(name);
}

/** Folders of third-party code and build output, skipped even if .gitignore does not name them. */
const ALWAYS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'site-packages',
  'dist-packages',
  '__pycache__',
  '__pypackages__',
]);

/** A file that marks its folder: a Python environment, or a cache (bford.info/cachedir). */
const MARKERS = new Set(['pyvenv.cfg', 'CACHEDIR.TAG', 'conda-meta']);

/** Whether a folder met on the way is passed by: hidden ones (`.git`, `.venv`, `.tox`) and the usual suspects. */
export function isExcludedFolder(name: string): boolean {
  return name.startsWith('.') || ALWAYS.has(name);
}

/** Whether an entry marks its folder as an environment or a cache. */
export function marksExcluded(entry: string): boolean {
  return MARKERS.has(entry);
}
