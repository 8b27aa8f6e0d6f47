/** Opens a file that may be compressed. */
export const BYTES = String.raw`
TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".data", ".dat")


def table_in(path, names):
    """The one file of an archive that is a table, whatever lies beside it."""
    files = [name for name in names if not name.endswith("/") and not re.search(r"(^|/)(\.|__MACOSX/)", name)]
    tables = [name for name in files if name.lower().endswith(TABLE_ENDINGS)] or files
    if len(tables) != 1:
        sys.exit(f"{path} holds {len(tables)} tables. Unpack it, and name one of them.")
    return tables[0]


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
    if data[:4] == b"\x28\xb5\x2f\xfd":
        import io

        try:
            import zstandard
        except ImportError:
            sys.exit(f"{path} needs: pip install zstandard")
        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            return archive.read(table_in(path, archive.namelist()))
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

/** Names of columns, each once. */
export const DISTINCT = String.raw`
def distinct(names):
    """Names of columns; a repeated or empty one gets its place."""
    seen = []
    for place, name in enumerate(names):
        name = name.strip()
        seen.append(f"{name}_{place}" if name == "" or name in seen else name)
    return seen
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


def without_top(text, csv):
    """The text from behind comments, and the line that names the delimiter."""
    start = 0
    while csv["skipsTop"]:
        end = text.find(csv["newline"], start)
        line = text[start : len(text) if end < 0 else end].strip()
        if re.fullmatch(r'"?sep=.*', line, re.I):
            start = len(text) if end < 0 else end + 1
            break
        if end < 0 or not (line == "" or line.startswith(csv.get("comment", "\0"))):
            break
        start = end + 1
    return text[start:]


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
