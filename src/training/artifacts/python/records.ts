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

/** A sheet of a workbook. */
export const EXCEL = String.raw`
def excel_cell(value):
    """A cell as training reads it: errors of formulas and empty texts are missing."""
    return None if isinstance(value, str) and (value == "" or re.fullmatch(r"#[A-Z/0]+[!?]", value)) else value


def examples(path):
    """The rows of the sheet that the training data was on, else of the first one."""
    import openpyxl

    place = SOURCE.get("sheet", {"skippedRows": 1, "hasHeader": True, "left": 0})
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheet = book[SOURCE["table"]] if SOURCE.get("table") in book.sheetnames else book.worksheets[0]
    names, above, last = SOURCE["columns"], place["skippedRows"], []
    for row in sheet.iter_rows(values_only=True):
        cells = [excel_cell(each) for each in row[place["left"] :]]
        if all(each is None for each in row):
            continue
        if above > 0:
            above, last = above - 1, cells
            if above == 0 and place["hasHeader"]:
                while last and last[-1] is None:
                    last.pop()
                names = distinct([cell_text(each) or "" for each in last])
            continue
        yield Row(dict(zip(names, cells)))
`;
