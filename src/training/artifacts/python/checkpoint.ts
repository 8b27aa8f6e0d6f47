/** What a checkpoint takes of images, as training prepared them. */
export const CHECKPOINT_PIXELS = String.raw`
def encode(pipeline, image):
    """Transparent parts over white, resized, the middle cut out, standardised for each channel."""
    network = pipeline["network"]
    if image.mode in ("LA", "PA", "P", "RGBA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB" if network["channels"] == 3 else "L")
    planes = numpy.asarray(image, "float32").reshape(image.height, image.width, -1).transpose(2, 0, 1)
    size = resized(image.width, image.height, network["resize"])
    how = getattr(Image.Resampling, network["filter"].upper())
    # As floats: Pillow rounds the pixels of other images.
    planes = numpy.stack([numpy.asarray(Image.fromarray(plane).resize(size, how)) for plane in planes])
    pixels = cropped(numpy.clip(planes / 255, 0, 1), network["height"], network["width"])
    mean, deviation = (numpy.array(network[name], "float32")[:, None, None] for name in ("mean", "deviation"))
    values = (pixels * network["full"] - mean) / deviation
    values = values if network["layout"] == "channels-first" else values.transpose(1, 2, 0)
    return {network["name"]: values[None].astype("float32")}


def resized(width, height, wanted):
    if "shortest" not in wanted:
        return wanted["width"], wanted["height"]
    shortest, ratio = wanted["shortest"], max(width, height) / max(1, min(width, height))
    longest = int(shortest * min(16, ratio))
    return (shortest, longest) if height > width else (longest, shortest)


def cropped(planes, height, width):
    output = numpy.zeros((len(planes), height, width), "float32")
    top, left = (planes.shape[1] - height) // 2, (planes.shape[2] - width) // 2
    part = planes[:, max(0, top) : max(0, top) + height, max(0, left) : max(0, left) + width]
    y, x = max(0, -top), max(0, -left)
    output[:, y : y + part.shape[1], x : x + part.shape[2]] = part
    return output
`;

/** What a checkpoint takes of texts. */
export const CHECKPOINT_TOKENS = String.raw`
TOKENIZERS = []


def encode(pipeline, row):
    """Token ids, cut to the length that the network takes; the texts of several columns one after the other."""
    network = pipeline["network"]
    if not TOKENIZERS:
        tokenizer = tokenizers.Tokenizer.from_file(str(HERE / network["tokenizer"]))
        tokenizer.no_padding()
        tokenizer.enable_truncation(network["length"])
        TOKENIZERS.append(tokenizer)
    columns = pipeline.get("column", ["text"])
    texts = [row.text(column) or "" for column in ([columns] if isinstance(columns, str) else columns)]
    ids = TOKENIZERS[0].encode("\n".join(texts)[: 20 * network["length"]]).ids or [0]
    feeds = {network["ids"]: ids, network.get("mask"): [1] * len(ids), network.get("types"): [0] * len(ids)}
    return {name: numpy.array([values], "int64") for name, values in feeds.items() if name is not None}
`;

/** What a checkpoint takes of recordings. */
export const CHECKPOINT_SOUND = String.raw`
def examples(path):
    """The samples of recordings at the rate of the network, from -1 to 1, channels averaged, no more than it takes."""
    network = PIPELINE["input"]["network"]
    for file in files_in(path, (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus")):
        samples, rate = read_wav(file) if file.suffix.lower() == ".wav" else read_sound(file)
        yield resample(samples[: math.ceil(seconds_of(network) * rate)], rate, network["sampleRate"])


def seconds_of(network):
    if network["kind"] == "mels":
        return ((network["frames"] - 1) * network["hop"] + network["fft"] / 2) / network["sampleRate"]
    return min(30, network.get("samples", math.inf) / network["sampleRate"])


def encode(pipeline, samples):
    network = pipeline["network"]
    values = mels(network, samples) if network["kind"] == "mels" else wave(network, samples)
    return {network["name"]: values[None].astype("float32")}


def wave(network, samples):
    samples = numpy.resize(samples, network.get("samples", len(samples)))
    if network["standardize"]:
        samples = (samples - samples.mean()) / numpy.sqrt(samples.var() + 1e-7)
    return samples


def mels(network, samples):
    """A power mel spectrogram as librosa's defaults give it; quiet recordings louder, short ones repeated."""
    fft, hop, frames = network["fft"], network["hop"], network["frames"]
    power = float(numpy.mean(samples**2)) if len(samples) else 0
    if "volume" in network and power > 0:
        samples = samples * max(1, 10 ** (network["volume"] / 20) / math.sqrt(power))
    samples = numpy.resize(samples, (frames - 1) * hop) if len(samples) else numpy.zeros((frames - 1) * hop)
    padded = numpy.pad(samples, (fft // 2, fft))
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(fft) / fft)
    spectra = numpy.array([numpy.fft.rfft(padded[t * hop : t * hop + fft] * window) for t in range(frames)])
    return numpy.abs(spectra) ** 2 @ slaney(network).T


def slaney(network):
    step, rate = math.log(6.4) / 27, network["sampleRate"]
    top = rate / 2 * 3 / 200 if rate < 2000 else 15 + math.log(rate / 2000) / step
    edges = numpy.linspace(0, top, network["bands"] + 2)
    edges = numpy.where(edges < 15, edges * 200 / 3, 1000 * numpy.exp(step * (edges - 15)))
    bins = numpy.arange(network["fft"] // 2 + 1) * rate / network["fft"]
    left, middle, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    heights = numpy.minimum((bins - left) / (middle - left), (right - bins) / (right - middle))
    return numpy.clip(heights, 0, None) * 2 / (right - left)
`;
