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

export const LINES = String.raw`
def examples(path):
    """The lines of a text that are not empty."""
    for line in read_text(path, SOURCE.get("encoding", "utf-8")).split("\n"):
        line = line[:-1] if line.endswith("\r") else line
        if line:
            yield Row({"text": line})
`;
