import type { PythonInput } from './inputs';

export const AUDIO: PythonInput = {
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
