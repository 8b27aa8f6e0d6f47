/** Files under a folder, in the order in which training reads them. */
export const FILES = String.raw`
def files_in(path, endings):
    """A file, or the files of a folder and of those in it, by the paths of the folders and the names in them."""
    path = Path(path)
    if path.is_file():
        return [path]
    found = [file for file in path.rglob("*") if file.suffix.lower() in endings and not file.name.startswith(".")]
    return sorted(found, key=lambda file: (str(file.parent).encode("utf-16-be"), file.name.encode("utf-16-be")))
`;

/** The images of files. */
export const IMAGES = String.raw`
def examples(path):
    for file in files_in(path, (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")):
        with Image.open(file) as image:
            yield image.copy()
`;

export const IMAGE = String.raw`
def in_levels(image):
    """Numbers beyond 0 to 255 as grey: of 16 bits as they are, others by the range that they keep to."""
    if not image.mode.startswith("I") and image.mode != "F":
        return image
    values = numpy.asarray(image, "float64")
    known = values[numpy.isfinite(values)]
    low, high = (known.min(), known.max()) if known.size else (0, 0)
    tops = (65535,) if image.mode.startswith("I;16") else (1, 255, 65535) if image.mode == "F" else (255, 65535)
    top = next((each for each in tops if low >= 0 and high <= each), None)
    start, span = (low, (high - low) or 1) if top is None else (0, top)
    levels = numpy.where(numpy.isfinite(values), (values - start) / span * 255, 0)
    return Image.fromarray(numpy.rint(levels).astype("uint8"))


def encode(pipeline, image):
    """Transparent parts over white, resized (bilinear, antialiased), from 0 to 1, standardised for each channel."""
    image = in_levels(image)
    if image.mode in ("LA", "PA", "P", "RGBA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB" if pipeline["channels"] == 3 else "L")
    size = (pipeline["width"], pipeline["height"])
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    pixels = numpy.asarray(image, dtype=numpy.float32).reshape(*size[::-1], pipeline["channels"]) / 255
    return (pixels - pipeline["mean"]) / pipeline["deviation"]
`;

/** The samples of recordings, and another rate of them. */
export const SOUND = String.raw`
def read_wav(path):
    """Samples of PCM of 8 to 32 bits, or floats; of other encodings by the package soundfile."""
    data, at, form = path.read_bytes(), 12, None
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            code, channels = (int.from_bytes(data[at + 8 + i : at + 10 + i], "little") for i in (0, 2))
            rate, bits = int.from_bytes(data[at + 12 : at + 16], "little"), int.from_bytes(data[at + 22 : at + 24], "little")
            code = int.from_bytes(data[at + 32 : at + 34], "little") if code == 0xFFFE else code
            form = channels, rate, bits, code
        elif name == b"data":
            break
        at += 8 + length + length % 2
    channels, rate, bits, code = form
    if code not in (1, 3):
        return read_sound(path)
    length = len(data) - at - 8 if length in (0, 0xFFFFFFFF) else length
    length -= length % (channels * bits // 8)
    raw = numpy.frombuffer(data, "u1", length, at + 8)
    if code == 3:
        samples = raw.view("<f4" if bits == 32 else "<f8").astype(float)
    elif bits == 8:
        samples = (raw.astype(float) - 128) / 128
    elif bits == 24:
        wide = numpy.zeros((len(raw) // 3, 4), "u1")
        wide[:, 1:] = raw.reshape(-1, 3)
        samples = wide.view("<i4").reshape(-1) / 2147483648
    else:
        samples = raw.view(f"<i{bits // 8}") / 2.0 ** (bits - 1)
    return samples.reshape(-1, channels).mean(axis=1), rate


def read_sound(path):
    import soundfile

    try:
        samples, rate = soundfile.read(path, always_2d=True)
    except soundfile.LibsndfileError as error:
        sys.exit(f"{path} cannot be read by soundfile ({error.error_string}). Convert it to WAV.")
    return samples.mean(axis=1), rate


def resample(samples, rate, wanted):
    """A windowed sinc, low-passed at the lower of the two Nyquist rates; 256 phases of it are kept."""
    if rate == wanted:
        return samples
    cutoff = min(1, wanted / rate)
    reach, phases = int(numpy.ceil(16 / cutoff)), int(numpy.ceil(256 * cutoff))
    x = numpy.arange(2 * reach) - reach + 1 - numpy.arange(phases)[:, None] / phases
    window = numpy.where(abs(x) < reach, 0.5 + 0.5 * numpy.cos(numpy.pi * x / reach), 0)
    weights = cutoff * numpy.sinc(cutoff * x) * window
    weights /= weights.sum(axis=1, keepdims=True)
    position = numpy.arange(int(len(samples) * wanted / rate + 0.5)) * (rate / wanted)
    base = numpy.floor(position).astype(int)
    phase = numpy.floor((position - base) * phases + 0.5).astype(int)
    base, phase = base + (phase == phases), phase % phases
    padded = numpy.pad(samples, (reach, 2 * reach))
    output = numpy.zeros(len(position))
    for tap in range(2 * reach):
        output += weights[phase, tap] * padded[base + 1 + tap]
    return output
`;

export const AUDIO = String.raw`
def examples(path):
    """The samples of recordings at the rate that training brought them to, from -1 to 1, channels averaged."""
    for file in files_in(path, (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus")):
        samples, rate = read_wav(file) if file.suffix.lower() == ".wav" else read_sound(file)
        yield resample(samples, rate, PIPELINE["input"]["parameters"]["sampleRate"])


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
    return (energy - pipeline["mean"]) / pipeline["deviation"]
`;
