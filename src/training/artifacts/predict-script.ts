import type { InputPreprocessing } from '../../data';

/** How one kind of input is read in Python: `examples(path)` gives examples, `encode(pipeline, example)` numbers. */
interface PythonInput {
  /** What follows the script's name. */
  readonly usage: string;
  /** Packages to install. */
  readonly needs: string;
  readonly code: string;
}

const COLUMNS: PythonInput = {
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

const VECTOR: PythonInput = {
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

const IMAGE: PythonInput = {
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

const TEXT: PythonInput = {
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

const AUDIO: PythonInput = {
  usage: 'recording.wav…   (16-bit PCM, at the rate in preprocessing.json)',
  needs: 'onnxruntime numpy',
  code: `
import json
import sys
import wave
from pathlib import Path

import numpy
import onnxruntime


def examples(path):
    """The samples of a recording, from -1 to 1, its channels averaged."""
    wanted = PIPELINE["input"]["parameters"]["sampleRate"]
    with wave.open(path) as file:
        if file.getframerate() != wanted or file.getsampwidth() != 2:
            sys.exit(f"{path}: 16-bit samples at {wanted} Hz are needed")
        samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        yield samples.reshape(-1, file.getnchannels()).mean(axis=1) / 32768


def mel_weights(p, size):
    """Triangular bands on the mel scale, [bands, bins]."""
    low, high = (2595 * numpy.log10(1 + f / 700) for f in (p["lowest"], p["highest"]))
    edges = 700 * (10 ** (numpy.linspace(low, high, p["bands"] + 2) / 2595) - 1) * size / p["sampleRate"]
    bins = numpy.arange(size // 2 + 1)
    left, center, right = (edges[i : i + p["bands"], None] for i in range(3))
    weights = numpy.clip(numpy.minimum((bins - left) / (center - left), (right - bins) / (right - center)), 0, None)
    for band in numpy.flatnonzero(weights.sum(axis=1) == 0):
        weights[band, min(size // 2, int(center[band, 0] + 0.5))] = 1
    return weights


def encode(pipeline, samples):
    """Log-mel frames, cut or followed by silence, standardised for each band."""
    p = pipeline["parameters"]
    width, hop = (int(p[name] * p["sampleRate"] + 0.5) for name in ("window", "hop"))
    size = 2 ** max(2, int(numpy.ceil(numpy.log2(width))))
    hann = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(width) / width)
    starts = range(0, len(samples) - width + 1, hop)
    frames = numpy.array([samples[start : start + width] * hann for start in starts]).reshape(-1, width)
    power = numpy.abs(numpy.fft.rfft(frames, size)) ** 2
    energy = numpy.full((pipeline["frames"], p["bands"]), numpy.log(p["floor"]))
    mel = numpy.log(power @ mel_weights(p, size).T + p["floor"])[: pipeline["frames"]]
    energy[: len(mel)] = mel
    return ((energy - pipeline["mean"]) / pipeline["deviation"]).astype(numpy.float32)
`,
};

/** What the script is called in the model's folder. */
export const SCRIPT = 'predict.py';

/** A Python program that loads the model and its preprocessing, and prints a prediction for each example given. */
export function predictScript(input: InputPreprocessing): string {
  const { usage, needs, code } = { columns: COLUMNS, vector: VECTOR, image: IMAGE, audio: AUDIO, text: TEXT }[
    input.kind
  ];
  return `"""Predicts with model.onnx. Usage: python ${SCRIPT} ${usage}

Needs: pip install ${needs}
"""
import os

# Before it is imported: ONNX Runtime would report its use to Microsoft.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

${code.trim()}

onnxruntime.disable_telemetry_events()  # the same, on Windows

HERE = Path(__file__).parent
PIPELINE = json.loads((HERE / "preprocessing.json").read_text(encoding="utf-8"))
SESSION = onnxruntime.InferenceSession(str(HERE / "model.onnx"))


def predict(example):
    """The prediction for one example: a class with its probability, or a number."""
    values = encode(PIPELINE["input"], example)
    feed = SESSION.get_inputs()[0]
    (output,) = SESSION.run(None, {feed.name: values.reshape(feed.shape)})
    label = next(iter(PIPELINE["labels"].values()))
    scores = output.reshape(-1)
    if label["kind"] == "real":
        return float(scores[0] * label["deviation"] + label["mean"])
    if label["kind"] == "binary":
        return {label["positive"]: float(scores[0])}
    best = int(scores.argmax())
    return {label["classes"][best]: float(scores[best])}


if __name__ == "__main__":
    for path in sys.argv[1:] or sys.exit(__doc__):
        for example in examples(path):
            print(json.dumps(predict(example), ensure_ascii=False))
`;
}
