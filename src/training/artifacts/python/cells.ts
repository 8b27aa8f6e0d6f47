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
