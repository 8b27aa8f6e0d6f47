/** Reads cells of values as training does: what is missing, what a text is, and a number. */
export const CELLS = String.raw`
def number_text(value):
    """A number as JavaScript writes it."""
    if isinstance(value, int) or (value == int(value) if math.isfinite(value) and abs(value) < 1e21 else False):
        return str(int(value))
    if not math.isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    digits = repr(float(value))
    if "e" not in digits:
        return digits
    if 1e-7 < abs(value) < 1e21:
        return format(Decimal(digits), "f")
    mantissa, exponent = digits.split("e")
    return f"{mantissa}e{exponent[0] if exponent[0] == '-' else '+'}{exponent.lstrip('+-').lstrip('0')}"


def cell_text(value):
    """The text of a cell; None where it is missing."""
    if isinstance(value, str):
        return None if value in MISSING else value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    if isinstance(value, date):
        return value.strftime("%Y-%m-%dT00:00:00.000Z")
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def cell_number(value):
    """The number of a cell; nan where there is none."""
    if isinstance(value, str):
        digits = value.strip()
        if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", digits, re.I | re.A):
            return float(digits)
        if re.fullmatch(r"0(x[0-9a-f]+|o[0-7]+|b[01]+)", digits, re.I):
            return float(int(digits, 0))
        return float(digits.replace("Infinity", "inf")) if re.fullmatch(r"[+-]?Infinity", digits) else math.nan
    if isinstance(value, (bool, int, float, Decimal)):
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc).timestamp() * 1000
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).days * 86_400_000.0
    return math.nan


class Row:
    """A row of a table: its cells by the names of their columns."""

    def __init__(self, cells):
        self.cells = cells

    def has(self, name):
        return name in self.cells

    def text(self, name):
        return cell_text(self.cells.get(name))

    def number(self, name):
        return cell_number(self.cells.get(name))

    def vector(self, name):
        return [cell_number(each) for each in flat(self.cells.get(name))]


def with_inputs(path, rows):
    """The rows of a table that has the columns of the training data; says which are missing."""
    rows = iter(rows)
    first = list(itertools.islice(rows, 1000))
    names = PIPELINE["input"].get("columns", PIPELINE["input"].get("column", []))
    names = [names] if isinstance(names, str) else [each if isinstance(each, str) else each["name"] for each in names]
    missing = [name for name in names if not any(row.has(name) for row in first)] if first else []
    shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
    if missing and len(missing) == len(names):
        sys.exit(f"{path} has no column that the model was trained on ({shown}), or is written in another way")
    if missing:
        print(f"{path}: missing columns are taken as empty: {shown}", file=sys.stderr)
    yield from first
    yield from rows


def flat(value):
    if value is None:
        return
    for each in value:
        if isinstance(each, (list, tuple)):
            yield from flat(each)
        else:
            yield each
`;

/** Opens a file that may be compressed. */
export const BYTES = String.raw`
def read_bytes(path):
    """The bytes of a file, unpacked where it is compressed."""
    import bz2, gzip, lzma, zipfile

    data = Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:3] == b"BZh":
        return bz2.decompress(data)
    if data[:6] == b"\xfd7zXZ\0":
        return lzma.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            return archive.read(archive.namelist()[0])
    return data


CODECS = {"euc-kr": "cp949", "shift_jis": "cp932", "gbk": "gb18030", "big5": "big5hkscs", "utf-8": "utf-8-sig"}


def read_text(path, encoding):
    """The text of a file in an encoding, without the mark at its start."""
    data = read_bytes(path)
    for mark, marked in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    return data.decode(CODECS.get(encoding, encoding), "replace")
`;

/** Delimiter-separated values by the layout that training found. */
export const CSV = String.raw`
TOTALS = re.compile(r"(grand\s+)?(totals?|sum|summe|gesamt|insgesamt|합계|총계|총합)\s*:?", re.I)


class CsvRow(Row):
    def number(self, name):
        cell = self.cells.get(name, "").strip("".join(map(chr, range(33))))
        if SOURCE["csv"]["decimalComma"] and re.fullmatch(
            r"\s*[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+(e[+-]?\d+)?\s*", cell, re.I | re.A
        ):
            cell = cell.replace(".", "").replace(",", ".", 1)
        if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", cell, re.I | re.A):
            return float(cell)
        return float(cell) if re.fullmatch(r"[+-]?inf(inity)?", cell, re.I) else math.nan


def unquote(cell, quote):
    cell = cell[:-1] if cell.endswith("\r") else cell
    if quote is None or not cell.startswith(quote):
        return cell
    end = cell.rfind(quote)
    return cell[1:] if end == 0 else cell[1:end].replace(quote * 2, quote) + cell[end + 1 :]


def distinct(names):
    """Names of columns; a repeated or empty one gets its place."""
    seen = []
    for place, name in enumerate(names):
        name = name.strip()
        seen.append(f"{name}_{place}" if name == "" or name in seen else name)
    return seen


def without_top(text, csv):
    """The text from behind comments, and the line that names the delimiter."""
    while csv["skipsTop"]:
        line, newline, rest = text.partition(csv["newline"])
        if re.fullmatch(r'"?sep=.*', line.strip(), re.I):
            return rest
        if newline == "" or not (line.strip() == "" or line.strip().startswith(csv.get("comment", "\0"))):
            break
        text = rest
    return text


def respaced(text, csv):
    """Blanks between cells become delimiters; those behind delimiters vanish."""
    spacing, quote, newline = csv.get("spacing"), csv.get("quote"), csv["newline"]
    if spacing is None:
        return text
    joins = spacing == "between-cells"
    made, in_quotes, closed, at_start, pending = [], False, False, True, False
    for char in text:
        if in_quotes:
            if char == quote:
                in_quotes, closed = False, True
        elif char == newline or (char == csv["delimiter"] and not joins):
            at_start, pending, closed = True, False, False
        elif (char in " \t\r" and joins) or (char == " " and at_start):
            pending = pending or not at_start
            continue
        else:
            if pending:
                made.append("\t")
            in_quotes = char == quote and (at_start or pending or closed)
            at_start, pending, closed = False, False, False
        made.append(char)
    return "".join(made)


def records(text, csv):
    """The records of a text, as lists of cells with their quotes."""
    quote, delimiter, newline = csv.get("quote"), re.escape(csv["delimiter"]), re.escape(csv["newline"])
    quoted = f"(?:{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote})?" if quote else ""
    cell = re.compile(f"({quoted}[^{delimiter}{newline}]*)({delimiter}|{newline}|\\Z)")
    cells, at = [], 0
    while at < len(text):
        match = cell.match(text, at)
        cells.append(match[1])
        at = match.end()
        if match[2] != csv["delimiter"]:
            yield cells
            cells = []
    if cells:
        yield cells + [""]


def examples(path):
    """The rows of a table, read as training read its own."""
    csv = SOURCE["csv"]
    quote, names, above, header = csv.get("quote"), None, csv["skippedRows"], None
    last, first, count, passed = None, "", 0, []
    for cells in records(respaced(without_top(read_text(path, csv["encoding"]), csv), csv), csv):
        if len(cells) == 1 and cells[0] in ("", "\r"):
            continue
        if "comment" in csv and cells[0].startswith(csv["comment"]):
            continue
        if above > 0:
            above -= 1
            header = cells
            continue
        if names is None:
            names = SOURCE["columns"]
            if csv["hasHeader"] and header is not None:
                written = [unquote(cell, quote) for cell in header]
                while written and written[-1].strip() == "":
                    written.pop()
                names = distinct(written)
        needed = len(names) + csv["lead"]
        if len(cells) != needed and not (
            len(cells) > needed and csv["width"] > 1 and all(cell.strip(" \r") == "" for cell in cells[needed:])
        ):
            passed.append(len(cells))
            continue
        if last is not None:
            yield last
        values = [unquote(cell, quote) for cell in cells[csv["lead"] : needed]]
        last = CsvRow(dict(zip(names, values)))
        first = unquote(cells[0], quote).strip()
        count += 1
    if last is not None and not (csv["width"] > 1 and count > 1 and TOTALS.fullmatch(first)):
        yield last
    if passed:
        said = f"{path}: {len(passed)} rows do not have {needed} cells (the first has {passed[0]})"
        if count == 0:
            sys.exit(f"{said}: the training data was separated by {csv['delimiter']!r}")
        print(f"{said} and are passed over", file=sys.stderr)
`;

/** Objects in lines, in an array, or under a key; columns of pandas. */
export const JSON_RECORDS = String.raw`
class JsonRow(Row):
    """An object or an array: the column a.b is the key b of the object under a."""

    def has(self, name):
        return self.get(name, self) is not self

    def text(self, name):
        return cell_text(self.get(name))

    def number(self, name):
        return cell_number(self.get(name))

    def vector(self, name):
        return [cell_number(each) for each in flat(self.get(name))]

    def get(self, name, absent=None):
        if isinstance(self.cells, list):
            place = SOURCE["columns"].index(name) if name in SOURCE["columns"] else -1
            return self.cells[place] if 0 <= place < len(self.cells) else absent
        value = self.cells
        if name in value:
            return value[name]
        key, dot, rest = name.partition(".")
        while dot:
            if key in value and isinstance(value[key], dict):
                return JsonRow(value[key]).get(rest, absent)
            more, dot, rest = rest.partition(".")
            key = f"{key}.{more}"
        return absent


RECORDS = re.compile(
    r"(^|\.)(data|rows|records|items|examples|samples|results|instances|features|entries|documents)$", re.I
)


def arrays(value, path=""):
    """All lists of objects under a value, with the keys that lead to them."""
    if isinstance(value, list):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from arrays(each, f"{path}.{key}" if path else key)


def count(rows):
    return sum(isinstance(row, (dict, list)) for row in rows)


def examples(path):
    """The records of a file."""
    text = read_text(path, SOURCE.get("encoding", "utf-8"))
    try:
        value = json.loads(text)
        # A file of lines that has only one.
        if isinstance(value, dict) and re.search(r"\.(jsonl|ndjson)(\.\w+)?$", str(path), re.I):
            value = [value]
    except json.JSONDecodeError:
        value, passed = [], 0
        for line in filter(str.strip, text.split("\n")):
            try:
                value.append(json.loads(line))
            except json.JSONDecodeError:
                passed += 1
        if passed and count(value) == 0:
            sys.exit(f"{path} is not JSON, as the training data was")
        if passed:
            print(f"{path}: {passed} lines that are no JSON are passed over", file=sys.stderr)
    if isinstance(value, dict):
        columns = list(value.values())
        lists = [each for each in arrays(value) if count(each[1]) > 0]
        table = SOURCE.get("table")
        if table is not None:
            value = next(rows for name, rows in lists if name == table)
        elif lists:
            named = [each for each in lists if RECORDS.search(each[0])]
            value = max(named or lists, key=lambda each: count(each[1]))[1]
        elif all(isinstance(each, list) for each in columns):
            value = [dict(zip(value, cells)) for cells in zip(*columns)]
        elif list(columns[0]) == [str(i) for i in range(len(columns[0]))]:
            value = [dict(zip(value, cells)) for cells in zip(*(each.values() for each in columns))]
        else:
            value = columns
    for row in value:
        if isinstance(row, (dict, list)):
            yield JsonRow(row)
        elif SOURCE["columns"] == ["value"]:
            yield Row({"value": row})
`;

export const SQLITE = String.raw`
def examples(path):
    """The rows of a table of a database, written file#table where it has several."""
    import sqlite3

    file, _, table = str(path).partition("#")
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    tables = [name for name, in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )]
    table = table or SOURCE.get("table") or tables[0]
    if table not in tables:
        sys.exit(f"{file} has no table {table}; it has {', '.join(tables)}")
    name = table.replace('"', '""')
    try:
        rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
    except sqlite3.OperationalError:
        rows = database.execute(f'SELECT * FROM "{name}"')
    columns = [each[0] for each in rows.description]
    for cells in rows:
        yield Row(dict(zip(columns, cells)))
`;

export const PARQUET = String.raw`
def examples(path):
    """The rows of a Parquet file."""
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for cells in batch.to_pylist():
                yield Row(cells)
`;

export const ARROW = String.raw`
class ArrowRow(Row):
    """Dates are numbers of milliseconds, as training reads them."""

    def text(self, name):
        value = self.cells.get(name)
        return number_text(cell_number(value)) if isinstance(value, date) else cell_text(value)


def examples(path):
    """The rows of an Arrow file or stream, or of Feather."""
    import pyarrow

    with pyarrow.OSFile(str(path)) as source:
        is_file = source.read(6) == b"ARROW1"
        source.seek(0)
        reader = pyarrow.ipc.open_file(source) if is_file else pyarrow.ipc.open_stream(source)
        table = reader.read_all()
    for batch in table.to_batches(max_chunksize=8192):
        for cells in batch.to_pylist():
            yield ArrowRow(cells)
`;

export const ARRAYS = String.raw`
class Arrays(Row):
    """One example of arrays of equal length."""

    def text(self, name):
        value = self.cells.get(name)
        return None if value is None else cell_text(value.item() if numpy.ndim(value) == 0 else value.tolist())

    def number(self, name):
        value = self.cells.get(name)
        return math.nan if value is None or numpy.ndim(value) else cell_number(value.item())

    def vector(self, name):
        return numpy.asarray(self.cells[name], dtype=numpy.float64).reshape(-1).tolist()


SPLITS = re.compile(r"^(.*)[_-](train|training|val|valid|validation|dev|eval|test|testing)$", re.I)


def read_idx(path):
    """An array of MNIST's format, big-endian."""
    types = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
    data = read_bytes(path)
    shape = numpy.frombuffer(data, ">u4", data[3], 4)
    return numpy.frombuffer(data, types[data[2]], offset=4 + 4 * data[3]).reshape(shape)


def read_arrays(path):
    """The arrays of a file, those of one split together, by their columns."""
    if SOURCE["format"] == "idx":
        return [{PIPELINE["input"].get("column", "image"): read_idx(path)}]
    loaded = numpy.load(path)
    if not hasattr(loaded, "files"):
        return [{"data": loaded}]
    parts = {}
    for name in loaded.files:
        split = SPLITS.match(name)
        parts.setdefault(split[2].lower() if split else "", {})[split[1] if split else name] = loaded[name]
    return list(parts.values())


def examples(path):
    """The examples along the first axes of the arrays."""
    for arrays in read_arrays(path):
        for cells in zip(*arrays.values()):
            yield Arrays({name: numpy.asarray(cell) for name, cell in zip(arrays, cells)})
`;

export const LINES = String.raw`
def examples(path):
    """The lines of a text that are not empty."""
    for line in read_text(path, SOURCE.get("encoding", "utf-8")).split("\n"):
        line = line[:-1] if line.endswith("\r") else line
        if line:
            yield Row({"text": line})
`;
