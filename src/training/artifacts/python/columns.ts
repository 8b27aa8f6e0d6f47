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
