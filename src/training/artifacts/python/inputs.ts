/** How one kind of input is read in Python: `examples(path)` gives examples, `encode(pipeline, example)` numbers. */
export interface PythonInput {
  /** What follows the script's name. */
  readonly usage: string;
  /** Packages to install. */
  readonly needs: string;
  readonly code: string;
}

export const COLUMNS: PythonInput = {
  usage: 'data.csv',
  needs: 'onnxruntime numpy',
  code: `
import csv
import json
import sys
from pathlib import Path

import numpy
import onnxruntime


def examples(path):
    """The rows of a CSV file with a header, as dictionaries."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def encode(pipeline, row):
    """Standardised numbers, flags of missing ones, and one value for each category."""
    values = []
    for column in pipeline["columns"]:
        cell = row.get(column["name"], "")
        if column["kind"] == "categorical":
            values += [float(cell == category) for category in column["categories"]]
            continue
        try:
            number = (float(cell) - column["mean"]) / column["deviation"]
        except (TypeError, ValueError):
            number = float("nan")
        missing = not numpy.isfinite(number)
        values.append(0.0 if missing else number)
        if column["flagsMissing"]:
            values.append(float(missing))
    return numpy.asarray(values, dtype=numpy.float32)
`,
};

export const VECTOR: PythonInput = {
  usage: 'data.npy',
  needs: 'onnxruntime numpy',
  code: `
import json
import sys
from pathlib import Path

import numpy
import onnxruntime


def examples(path):
    """The examples along the first axis of an array."""
    yield from numpy.load(path)


def encode(pipeline, array):
    """Each element, standardised; what is not finite stands at the mean."""
    flat = numpy.asarray(array, dtype=numpy.float64).reshape(-1)
    mean = numpy.resize(pipeline["mean"], flat.shape)
    deviation = numpy.resize(pipeline["deviation"], flat.shape)
    return numpy.nan_to_num((flat - mean) / deviation, posinf=0, neginf=0).astype(numpy.float32)
`,
};

export const IMAGE: PythonInput = {
  usage: 'image.jpg…',
  needs: 'onnxruntime numpy pillow',
  code: `
import json
import sys
from pathlib import Path

import numpy
import onnxruntime
from PIL import Image


def examples(path):
    yield Image.open(path)


def encode(pipeline, image):
    """Transparent parts over white, resized (bilinear, antialiased), from 0 to 1, standardised for each channel."""
    if image.mode in ("LA", "PA", "P", "RGBA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB" if pipeline["channels"] == 3 else "L")
    size = (pipeline["width"], pipeline["height"])
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    pixels = numpy.asarray(image, dtype=numpy.float32).reshape(*size[::-1], pipeline["channels"]) / 255
    standard = (pixels - pipeline["mean"]) / pipeline["deviation"]
    return standard.astype(numpy.float32)
`,
};

export const TEXT: PythonInput = {
  usage: 'texts.txt   (one text in each line)',
  needs: 'onnxruntime numpy',
  code: `
import json
import re
import sys
from pathlib import Path

import numpy
import onnxruntime

WORD = re.compile(r"[^\\W_]+|[^\\s\\w]|_")
PADDING, UNKNOWN = 0, 1
IDS = {}


def examples(path):
    yield from Path(path).read_text(encoding="utf-8").splitlines()


def encode(pipeline, text):
    """Words and punctuation marks as ids, cut or padded to one length."""
    if not IDS:
        IDS.update({word: i + 2 for i, word in enumerate(pipeline["vocabulary"])})
    ids = [IDS.get(word, UNKNOWN) for word in WORD.findall(text.lower())][: pipeline["length"]]
    return numpy.asarray(ids + [PADDING] * (pipeline["length"] - len(ids)), dtype=numpy.int32)
`,
};
