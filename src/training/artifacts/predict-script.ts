import {
  CURRENCY_CODES,
  type InputPreprocessing,
  LONGEST_WORD,
  MISSING_TEXTS,
  type Preprocessing,
  type TableSource,
  UNSPACED_RANGES,
} from '../../data';
import { ARRAYS, ARRAY_ROW, ENCODE_VECTOR, STORED_ARRAYS } from './python/arrays';
import { CELLS } from './python/cells';
import { ENCODE_COLUMNS } from './python/columns';
import { BYTES, CSV, DISTINCT } from './python/delimited';
import { CHECKPOINT_PIXELS, CHECKPOINT_SOUND, CHECKPOINT_TOKENS } from './python/checkpoint';
import { AUDIO, FILES, IMAGE, IMAGES, SOUND } from './python/media';
import { ARROW, EXCEL, JSON_RECORDS, PARQUET, SQLITE } from './python/records';
import { ARFF, SVMLIGHT } from './python/sparse';
import { ENCODE_TEXT, LINES, TEXT_FILES } from './python/texts';

/** What the script is called in the model's folder. */
export const SCRIPT = 'predict.py';

/** How one kind of data is read in Python: `examples(path)` gives examples, `encode(pipeline, example)` numbers. */
interface PythonReader {
  /** What follows the script's name. */
  readonly usage: string;
  /** A package to install beside ONNX Runtime and NumPy, which it brings. */
  readonly needs?: string;
  readonly imports?: readonly string[];
  readonly code: readonly string[];
}

/** Reads the rows of tables; `rows` of numbers and categories, of texts, or of arrays. */
function tableReader(format: TableSource['format']): PythonReader {
  switch (format) {
    case 'csv':
      return { usage: 'data.csv…', code: [CELLS, BYTES, DISTINCT, CSV] };
    case 'other':
      return {
        usage: 'data.csv…   (with the columns of the training data)',
        code: [CELLS, BYTES, DISTINCT, CSV],
      };
    case 'jsonl':
      return { usage: 'data.jsonl…', code: [CELLS, BYTES, JSON_RECORDS] };
    case 'sqlite':
      return { usage: 'data.db#table…', code: [CELLS, SQLITE] };
    case 'parquet':
      return { usage: 'data.parquet…', needs: 'pyarrow', code: [CELLS, PARQUET] };
    case 'arrow':
      return { usage: 'data.arrow…', needs: 'pyarrow', imports: ['pyarrow'], code: [CELLS, ARROW] };
    case 'npy':
    case 'npz':
    case 'idx':
      return { usage: `data.${format}…`, imports: ['numpy'], code: [CELLS, BYTES, ARRAY_ROW, ARRAYS] };
    case 'excel':
      return { usage: 'data.xlsx…', needs: 'openpyxl', code: [CELLS, BYTES, DISTINCT, EXCEL] };
    case 'hdf5':
      return {
        usage: 'data.h5…',
        needs: 'h5py',
        imports: ['numpy'],
        code: [CELLS, ARRAY_ROW, STORED_ARRAYS],
      };
    case 'matlab':
      return {
        usage: 'data.mat…   (h5py reads those of -v7.3)',
        needs: 'scipy',
        imports: ['numpy'],
        code: [CELLS, ARRAY_ROW, STORED_ARRAYS],
      };
    case 'arff':
      return { usage: 'data.arff…', code: [CELLS, BYTES, ARFF] };
    case 'svmlight':
      return { usage: 'data.svm…', code: [CELLS, BYTES, SVMLIGHT] };
    case 'lines':
      return { usage: 'texts.txt…   (a text in each line)', code: [CELLS, BYTES, LINES] };
    case 'files':
      return { usage: 'text.txt…   (or a folder of texts)', code: [CELLS, BYTES, FILES, TEXT_FILES] };
  }
}

function readerOf(input: InputPreprocessing, format: TableSource['format']): PythonReader {
  switch (input.kind) {
    case 'checkpoint':
      return checkpointReader(input, format);
    case 'image':
      return {
        usage: 'image.jpg…   (or a folder of images)',
        needs: 'pillow',
        imports: ['numpy', 'from PIL import Image'],
        code: [FILES, IMAGES, IMAGE],
      };
    case 'audio':
      return {
        usage: 'recording.wav…   (or a folder of recordings; soundfile reads other formats)',
        imports: ['numpy'],
        code: [FILES, SOUND, AUDIO],
      };
    case 'columns':
    case 'vector':
    case 'text': {
      const table = tableReader(format);
      const encode = { columns: ENCODE_COLUMNS, vector: ENCODE_VECTOR, text: ENCODE_TEXT }[input.kind];
      return { ...table, code: [...table.code, encode] };
    }
  }
}

/** As the reader of its kind of data, but numbers are what the checkpoint takes. */
function checkpointReader(
  { network, column }: Extract<InputPreprocessing, { kind: 'checkpoint' }>,
  format: TableSource['format'],
): PythonReader {
  switch (network.kind) {
    case 'pixels':
      return {
        ...readerOf(PLAIN_IMAGE, format),
        code: [FILES, IMAGES, CHECKPOINT_PIXELS],
      };
    case 'mels':
    case 'wave':
      return {
        usage: 'recording.wav…   (or a folder of recordings; soundfile reads other formats)',
        imports: ['numpy'],
        code: [FILES, SOUND, CHECKPOINT_SOUND],
      };
    case 'tokens': {
      const table = tableReader(column === undefined && format === 'other' ? 'files' : format);
      return {
        ...table,
        needs: table.needs === undefined ? 'tokenizers' : `${table.needs} tokenizers`,
        imports: [...new Set([...(table.imports ?? []), 'numpy', 'tokenizers'])],
        code: [...table.code, CHECKPOINT_TOKENS],
      };
    }
  }
}

const PLAIN_IMAGE = { kind: 'image', height: 1, width: 1, channels: 3, mean: [], deviation: [] } as const;

/** A table as most are written: what the script reads where training read another format, or an earlier release trained. */
const PLAIN: Pick<TableSource, 'columns' | 'csv'> = {
  columns: [],
  csv: {
    encoding: 'utf-8',
    delimiter: ',',
    newline: '\n',
    quote: '"',
    decimalComma: false,
    skipsTop: false,
    skippedRows: 1,
    hasHeader: true,
    width: 2,
    lead: 0,
  },
};

/** What models of earlier releases, which do not say it, were trained on. */
function assumedFormat(input: InputPreprocessing): TableSource['format'] {
  switch (input.kind) {
    case 'vector':
      return 'npy';
    case 'text':
      return 'lines';
    case 'columns':
      return 'other';
    case 'checkpoint':
    case 'image':
    case 'audio':
      return 'files';
  }
}

/** What is known of white space, words and missing values, for Python, which has other ideas of them. */
function constants(format: TableSource['format']): string {
  return [
    `SOURCE = {"format": "${format}", **json.loads(r"""${JSON.stringify(PLAIN)}"""), **PIPELINE.get("source", {})}`,
    `MISSING = frozenset(json.loads(r"""${JSON.stringify(MISSING_TEXTS)}"""))`,
    `SPACES = "${SPACES}"`,
    `UNSPACED = ${JSON.stringify(UNSPACED_RANGES)}`,
    `LONGEST_WORD = ${LONGEST_WORD}`,
    `CODES = "${CURRENCY_CODES}"`,
  ].join('\n');
}

/** White space, as ECMAScript has it. */
const SPACES = String.raw`\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

/**
 * A Python program that loads the model and its preprocessing, reads data as training did, and prints a prediction for
 * each example. It imports NumPy and ONNX Runtime only to predict, so that it can be asked for its numbers without.
 */
export function predictScript({ input, source }: Preprocessing): string {
  const format = source?.format ?? assumedFormat(input);
  const { usage, needs, imports = [], code } = readerOf(input, format);
  const isTable = code.includes(CELLS);
  const modules = imports.map(each => (each.startsWith('from') ? each : `import ${each}`));
  return `"""Predicts with model.onnx. Usage: python ${SCRIPT} ${usage}

Needs: pip install onnxruntime${needs === undefined ? '' : ` ${needs}`}
"""
import itertools
import json
import math
import os
import re
import sys
import unicodedata
import zlib
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
${modules.length > 0 ? `\n${modules.join('\n')}\n` : ''}
# Before it is imported: ONNX Runtime would report its use to Microsoft.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

HERE = Path(__file__).parent
PIPELINE = json.loads((HERE / "preprocessing.json").read_text(encoding="utf-8"))
SESSIONS = []
${constants(format)}

${code.map(each => each.trim()).join('\n\n\n')}


def session():
    """The network, loaded with the first prediction."""
    if not SESSIONS:
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # the same, on Windows
        SESSIONS.append(onnxruntime.InferenceSession(str(HERE / "model.onnx")))
    return SESSIONS[0]


def predict(example):
    """The prediction for one example: a class with its probability, or a number."""
    import numpy

    network = session()
    feeds = encode(PIPELINE["input"], example)
    if not isinstance(feeds, dict):
        feed = network.get_inputs()[0]
        values = numpy.asarray(feeds, "int32" if "int" in feed.type else "float32")
        feeds = {feed.name: values.reshape(feed.shape)}
    (output,) = network.run(None, feeds)
    label = next(iter(PIPELINE["labels"].values()))
    scores = output.reshape(-1)
    if label["kind"] == "real":
        return float(scores[0] * label["deviation"] + label["mean"])
    if label["kind"] == "binary":
        return {label["positive"]: float(scores[0])}
    best = int(scores.argmax())
    return {label["classes"][best]: float(scores[best])}


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(__doc__.strip())
        sys.exit()
    for path in sys.argv[1:] or sys.exit(__doc__):
        if not os.path.exists(${format === 'sqlite' ? 'path.partition("#")[0]' : 'path'}):
            sys.exit(f"{path} does not exist")
        try:
            for example in ${isTable ? 'with_inputs(path, examples(path))' : 'examples(path)'}:
                print(json.dumps(predict(example), ensure_ascii=False))
        except OSError as error:
            sys.exit(f"{path}: {error.strerror or error}")
`;
}
