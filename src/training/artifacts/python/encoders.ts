/** Turns a row of a table into numbers. */
export const ENCODE_COLUMNS = String.raw`
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
TIME = r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
DAY_FIRST = r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + TIME
DATES = {
    "iso": r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + TIME + ZONE,
    "compact": r"(\d{4})(\d{2})(\d{2})",
    "dmy": DAY_FIRST,
    "mdy": DAY_FIRST,
    "d-month-y": r"(?:[A-Za-z]{3,9}\.?,? )?(\d{1,2})[- .]([A-Za-z]{3,9})\.?[- ,]+(\d{4}|\d{2})" + TIME,
    "month-d-y": r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})" + TIME,
}


def full_year(digits):
    return int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < 69 else 1900)


def month_of(name):
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else 0


def read_date(text, form):
    """A day, and the part of it that has passed; None for what is no date."""
    found = re.fullmatch(DATES[form], text.strip(), re.A) if len(text) <= 40 else None
    if not found:
        return None
    a, b, c, d = (found.groups() + (None,))[:4]
    if form == "iso":
        year, month, day = int(a), int(c), int(d)
    elif form == "compact":
        year, month, day = int(a), int(b), int(c)
    elif form in ("dmy", "mdy"):
        year, month, day = full_year(d), int(c if form == "dmy" else a), int(a if form == "dmy" else c)
    elif form == "d-month-y":
        year, month, day = full_year(c), month_of(b), int(a)
    else:
        year, month, day = int(c), month_of(a), int(b)
    try:
        day = date(year, month, day)
    except ValueError:
        return None
    hours, minutes, seconds, half = (None,) * 4 if form == "compact" else found.groups()[-4:]
    if hours is None:
        return day, 0.0
    h, m, s = int(hours), int(minutes), int(seconds or 0)
    if m > 59 or s > 60 or h > (24 if half is None else 12):
        return None
    if half is not None:
        h = h % 12 + (12 if half.lower() == "p" else 0)
    return day, min(h * 3600 + m * 60 + s, 86_399) / 86_400


def on_circle(part):
    return [math.sin(2 * math.pi * part), math.cos(2 * math.pi * part)]


def date_values(column, cell):
    found = read_date(cell, column["format"]) if cell is not None else None
    widths = {"year": 2, "week": 7, "day": 2}
    flag = [float(found is None)] if column["flagsMissing"] else []
    if found is None:
        return [0.0] + flag + [0.0] * sum(widths[part] for part in column["parts"])
    day, time = found
    passed = (day - date(1970, 1, 1)).days + time
    values = [(passed - column["mean"]) / column["deviation"]] + flag
    for part in column["parts"]:
        if part == "year":
            length = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
            values += on_circle((day.timetuple().tm_yday - 1 + time) / length)
        elif part == "week":
            values += [float(day.weekday() == each) for each in range(7)]
        else:
            values += on_circle(time)
    return values


CURRENCY = "".join(chr(c) for c in range(0x11000) if unicodedata.category(chr(c)) == "Sc")
AMOUNT = re.compile(rf"(\()?([+\-−])?((?:[A-Z]{{1,3}})?[{re.escape(CURRENCY)}]|{CODES})?([+\-−])?")
GROUPED = {
    ".": re.compile(r"(\d{1,3}([,'’ ]\d{3})+|\d+)?(\.\d*)?", re.A),
    ",": re.compile(r"(\d{1,3}([.'’ ]\d{3})+|\d+)?(,\d*)?", re.A),
}
SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9}


def amount_value(cell, amount):
    """The number of a cell such as $1,234.50 or 45 %; nan for one of another unit."""
    text = "".join(" " if char in SPACES else char for char in cell.strip(SPACES))
    if len(cell) > 40:
        return math.nan
    text = re.sub(r"(?<!\d) | (?!\d)", "", text, flags=re.A)
    start = AMOUNT.match(text)
    opened, before, currency, after = start.groups()
    closed = text.endswith(")")
    if (opened is None) == closed or (before is not None and after is not None):
        return math.nan
    rest = text[start.end() : len(text) - closed]
    digits = re.match(r"[\d.,'’ ]*", rest, re.A)[0]
    if not re.search(r"\d", digits, re.A) or not GROUPED[amount["decimal"]].fullmatch(digits):
        return math.nan
    unit = re.sub(r"\+$", "", rest[len(digits) :])
    scale = SCALES.get(unit)
    unit = "" if scale is not None else unit
    if unit and currency:
        return math.nan
    unit = currency or unit
    if len(unit) > 1:
        unit = re.sub(r"\.$", "", unit.lower())
        unit = re.sub(r"s$", "", unit) if len(unit) > 2 else unit
    if unit not in ("", amount["unit"]):
        return math.nan
    plain = re.sub(r"[^\d.]" if amount["decimal"] == "." else r"[^\d,]", "", digits, flags=re.A)
    negative = opened is not None or (before or after or "+") != "+"
    return (-1 if negative else 1) * float(plain.replace(",", ".")) * (scale or 1)


def column_number(row, column):
    value = row.number(column["name"])
    if "amount" in column and not math.isfinite(value):
        value = amount_value(row.text(column["name"]) or "", column["amount"])
    return value


def encode(pipeline, row):
    """Standardised numbers, flags of missing ones, parts of dates, and a value for each category."""
    values = []
    for column in pipeline["columns"]:
        if column["kind"] == "numeric":
            number = column_number(row, column)
            there = math.isfinite(number)
            values.append((number - column["mean"]) / column["deviation"] if there else 0.0)
            if column["flagsMissing"]:
                values.append(float(not there))
            continue
        cell = row.text(column["name"])
        if column["kind"] == "date":
            values += date_values(column, cell)
            continue
        known = column["categories"]
        hot = [0.0] * (len(known) + column.get("buckets", 0))
        if cell in known:
            hot[known.index(cell)] = 1.0
        elif cell is not None and column["kind"] == "hashed":
            hot[len(known) + zlib.crc32(cell.encode("utf-8", "replace")) % column["buckets"]] = 1.0
        values += hot
    return values
`;

export const ENCODE_VECTOR = String.raw`
def encode(pipeline, row):
    """Each element, standardised; what is not finite stands at the mean."""
    mean, deviation = pipeline["mean"], pipeline["deviation"]
    values = []
    for i, value in enumerate(row.vector(pipeline["column"])):
        value = (value - mean[i % len(mean)]) / deviation[i % len(mean)]
        values.append(value if math.isfinite(value) else 0.0)
    return values
`;

/** Splits texts as training did, in the tokens of this release or of earlier ones. */
export const ENCODE_TEXT = String.raw`
PADDING, UNKNOWN, SEPARATOR = 0, 1, "\n"
IDS = {}


def kind_of(char):
    """L for what is in words, S for white space, P for the rest."""
    if char in SPACES:
        return "S"
    category = unicodedata.category(char)[0]
    return "L" if category in ("L", "N") or (category == "M" and PIPELINE["input"].get("tokens")) else "P"


def is_unspaced(char):
    return any(first <= ord(char) <= last for first, last in UNSPACED)


def characters_and_pairs(word):
    """Each character of a script without spaces with its marks, each pair of them, and runs of other letters."""
    parts, unspaced = [], []
    for char in word:
        marks = parts and unspaced[-1] and unicodedata.category(char)[0] == "M"
        if marks or (parts and not unspaced[-1] and not is_unspaced(char)):
            parts[-1] += char
        else:
            parts.append(char)
            unspaced.append(is_unspaced(char))
    tokens = []
    for i, part in enumerate(parts):
        if i > 0 and unspaced[i] and unspaced[i - 1]:
            tokens.append(parts[i - 1] + part)
        tokens.append(part)
    return tokens


def tokenize(text):
    words, word = [], ""
    for char in text.lower():
        kind = kind_of(char)
        if kind == "L":
            word += char
            continue
        if word:
            words.append(word)
        word = ""
        if kind == "P":
            words.append(char)
    words += [word] if word else []
    if not PIPELINE["input"].get("tokens"):
        return words
    tokens = []
    for word in words:
        if not word.isascii() and len(word.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST_WORD:
            word = unicodedata.normalize("NFKC", word)
        tokens += characters_and_pairs(word) if any(map(is_unspaced, word)) else [word]
    return tokens


def encode(pipeline, row):
    """The ids of tokens, cut or padded to one length; the texts of several columns one after the other."""
    if not IDS:
        IDS.update({word: i + 2 for i, word in enumerate(pipeline["vocabulary"])})
    columns = pipeline.get("column", ["text"])
    tokens = []
    for i, column in enumerate([columns] if isinstance(columns, str) else columns):
        tokens += ([SEPARATOR] if i else []) + tokenize(row.text(column) or "")
    ids = [IDS.get(token, UNKNOWN) for token in tokens][: pipeline["length"]]
    return ids + [PADDING] * (pipeline["length"] - len(ids))
`;

export const TEXT_FILES = String.raw`
def examples(path):
    """The text of a file, or of each file in a folder."""
    for file in files_in(path, (".txt",)):
        text = text_of(file)
        if text is None:
            print(f"{file} is no text and is passed over", file=sys.stderr)
        else:
            yield Row({"text": text})


def text_of(file):
    """At most the first megabyte of a file, in UTF-8, UTF-16 or Windows-1252; None where it is no text."""
    data = read_bytes(file)[: 1024 * 1024]
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    controls = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in data)
    if 0 in data or controls > len(data) / 100:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The end may be cut inside a character.
        return data.decode("utf-8" if error.start > len(data) - 4 else "cp1252", "replace")
`;

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

export const IMAGE = String.raw`
def examples(path):
    for file in files_in(path, (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")):
        with Image.open(file) as image:
            yield image.copy()


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
    return (pixels - pipeline["mean"]) / pipeline["deviation"]
`;

export const AUDIO = String.raw`
def examples(path):
    """The samples of recordings at the rate that training brought them to, from -1 to 1, channels averaged."""
    for file in files_in(path, (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus")):
        samples, rate = read_wav(file) if file.suffix.lower() == ".wav" else read_sound(file)
        yield resample(samples, rate, PIPELINE["input"]["parameters"]["sampleRate"])


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

    samples, rate = soundfile.read(path, always_2d=True)
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
