/** Rows of Weka's files: values in quotes of either kind, or sparse rows in braces. */
export const ARFF = String.raw`
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def arff_value(line, at, stop):
    """One value from a place on, None where it is missing, and where it ends."""
    while line[at : at + 1] == " ":
        at += 1
    quote = line[at : at + 1]
    if quote in ("'", '"') and quote:
        value, at = [], at + 1
        while at < len(line) and line[at] != quote:
            if line[at] == "\\" and at + 1 < len(line):
                at += 1
                value.append(ESCAPES.get(line[at], line[at]))
            else:
                value.append(line[at])
            at += 1
        return "".join(value), min(at + 1, len(line))
    start = at
    while at < len(line) and line[at] not in stop:
        at += 1
    raw = line[start:at].strip()
    return (None if raw in ("?", "") else raw), at


def arff_values(line):
    values, at = [], 0
    while True:
        value, at = arff_value(line, at, ",\t")
        values.append(value)
        while line[at : at + 1] == " ":
            at += 1
        if at >= len(line):
            return values
        at += 1


def arff_attribute(line):
    """The name of an attribute, and what a sparse row means that leaves it out."""
    rest = line[len("@attribute") :].lstrip()
    name, end = arff_value(rest, 0, " \t{")
    kind = rest[end:].strip()
    if kind.startswith("{"):
        return name, arff_values(kind[1 : kind.rfind("}")])[0] or ""
    return name, "" if kind.lower().startswith("string") else "0"


def arff_row(line, attributes):
    if not line.startswith("{"):
        values = arff_values(line)
        if len(values) == len(attributes) + 1 and (values[-1] or "").startswith("{"):
            values.pop()
        return values if len(values) == len(attributes) else None
    cells = [absent for _, absent in attributes]
    end, at = line.find("}", max(0, line.rfind("'"), line.rfind('"'))), 1
    while 0 < at < end:
        place = re.match(r"[\s,]*(\d+)\s+", line[at:end])
        if not place:
            return cells if line[at:end].strip() == "" else None
        if int(place[1]) >= len(cells):
            return None
        cells[int(place[1])], at = arff_value(line, at + place.end(), ",\t}")
    return cells if end >= 0 else None


def examples(path):
    """The rows of an ARFF file."""
    attributes, data, passed = [], False, 0
    for line in map(str.strip, read_text(path, SOURCE.get("encoding", "utf-8")).split("\n")):
        if line == "" or line.startswith("%"):
            continue
        if data:
            row = arff_row(line, attributes)
            if row is None:
                passed += 1
                continue
            yield Row({name: value for (name, _), value in zip(attributes, row)})
        elif line.lower().startswith("@attribute"):
            attributes.append(arff_attribute(line))
        elif line.lower().startswith("@data"):
            data = True
    if not data:
        sys.exit(f"{path} is not an ARFF file, as the training data was")
    if passed:
        print(f"{path}: {passed} rows do not have {len(attributes)} values and are passed over", file=sys.stderr)
`;

/** Lines of svmlight and libsvm. */
export const SVMLIGHT = String.raw`
def examples(path):
    """The rows of a file in svmlight format, as arrays of the width of the training data."""
    base, width = SOURCE.get("firstFeature", 1), math.prod(PIPELINE["input"].get("shape", [0]))
    passed = rows = beyond = 0
    for line in read_text(path, SOURCE.get("encoding", "utf-8")).split("\n"):
        label, *pairs = line.partition("#")[0].split() or [None]
        if label is None:
            continue
        cells = {"label": label, "features": [0.0] * width}
        try:
            for key, value in (pair.split(":") for pair in pairs):
                if key == "qid":
                    cells["qid"] = value
                elif base <= int(key) < base + width:
                    cells["features"][int(key) - base] = float(value)
                else:
                    beyond += 1
        except ValueError:
            passed += 1
            continue
        rows += 1
        yield Row(cells)
    if rows == 0:
        sys.exit(f"{path} is not in svmlight format, as the training data was")
    if passed:
        print(f"{path}: {passed} lines are not in svmlight format and are passed over", file=sys.stderr)
    if beyond:
        print(f"{path}: {beyond} values of features that the training data does not have are left out", file=sys.stderr)
`;
