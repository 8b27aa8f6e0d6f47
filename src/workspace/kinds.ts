import { languageOfFile } from '../annotations/languages/lookup';

/** What a file name promises: source in a known language, a notebook, or, without an ending, perhaps a script. */
export type Kind = 'source' | 'notebook' | 'script';

/** Endings that hold data: an at-sign in them is a datum, however like an annotation it looks. */
const DATA =
  /\.(?:csv|tsv|psv|json|jsonl|ndjson|geojson|log|out|arff|libsvm|svmlight|parquet|arrow|feather|npy|npz|pkl|pickle|h5|hdf5|db|sqlite3?|tfrecord|mat)(?:\.(?:gz|bz2|xz|zst|zip))?$/i;

export type KindOf = (name: string) => Kind | undefined;

/** Tells files worth reading by their names alone. Endings are remembered: a tree has few. */
export function createKinds(): KindOf {
  const byEnding = new Map<string, Kind | undefined>();
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

function scriptOrNot(dot: number): Kind | undefined {
  return dot < 0 ? 'script' : undefined;
}

/** `meson.build`, `poetry.lock`: listed by their whole names. */
function wholeName(name: string): Kind | undefined {
  return languageOfFile(name) === undefined ? undefined : 'source';
}

export function isData(name: string): boolean {
  return DATA.test(name);
}
