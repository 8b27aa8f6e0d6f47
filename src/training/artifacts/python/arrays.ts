export const ARRAY_ROW = String.raw`
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
`;

/** NumPy's files and IDX. */
export const ARRAYS = String.raw`
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

/** Arrays under names and in groups, along the first or the last axis; HDF5 and MATLAB files. */
export const STORED_ARRAYS = String.raw`
SPLIT = re.compile(r"(train|training|trn|val|valid|validation|dev|test|testing|tst|eval|t10k)$", re.I)


def hdf5_arrays(path, matlab):
    """The arrays of an HDF5 file by the names that lead to them, fields of records too."""
    import h5py

    found = {}

    def visit(group, prefix):
        for key in group:
            kind = group.get(key, getclass=True, getlink=True)
            if key.startswith("#") or kind is h5py.ExternalLink:
                continue
            item = group[key]
            if isinstance(item, h5py.Group):
                visit(item, f"{prefix}{key}/")
            elif item.shape and item.dtype.names:
                for field in item.dtype.names:
                    found[f"{prefix}{key}/{field}"] = item[field]
            elif item.shape and (item.dtype.kind in "biufS" or h5py.check_string_dtype(item.dtype)):
                found[prefix + key] = item[()].T if matlab else item[()]

    with h5py.File(path) as file:
        visit(file, "")
    return found


def matlab_arrays(path):
    """The same of a MATLAB file."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if any(head[at : at + 4] == b"\x89HDF" for at in (0, 512, 1024, 2048)):
        return hdf5_arrays(path, True)
    import scipy.io

    found = {}

    def add(value, name):
        if hasattr(value, "toarray"):
            value = value.toarray()
        if value.dtype.names:
            if value.size == 1:
                for field in value.dtype.names:
                    add(value.reshape(-1)[0][field], f"{name}/{field}")
        elif value.dtype.kind == "O":
            cells = [each.reshape(-1) for each in value.reshape(-1)]
            texts = [str(each[0]) if each.size == 1 and each.dtype.kind == "U" else "" if each.dtype.kind == "U" else
                     each[0] if each.size == 1 else math.nan for each in cells]
            found[name] = numpy.array(texts, dtype=object).reshape(value.shape)
        elif value.dtype.kind in "biufU":
            found[name] = value

    for name, value in scipy.io.loadmat(path).items():
        if not name.startswith("__"):
            add(value, name)
    return found


def array_name(path):
    """The split that the name of an array tells, and the rest of the name."""
    steps = path.split("/")
    for at, step in enumerate(steps):
        if len(steps) > 1 and SPLIT.match(step):
            return SPLIT.match(step)[1].lower(), "/".join(steps[:at] + steps[at + 1 :])
    first, _, rest = steps[-1].replace("-", "_").partition("_")
    before, _, last = steps[-1].replace("-", "_").rpartition("_")
    above = "".join(f"{step}/" for step in steps[:-1])
    if before and SPLIT.match(last):
        return last.lower(), above + steps[-1][: len(before)]
    if rest and SPLIT.match(first):
        return first.lower(), above + steps[-1][len(first) + 1 :]
    return "", path


def along_examples(named):
    """Arrays with the examples first: along the axis whose length most of them share."""
    votes = {}
    for value in named.values():
        vector = sum(axis != 1 for axis in value.shape) <= 1
        for axis in {value.shape[0], value.shape[-1]}:
            if axis != 1 or all(each == 1 for each in value.shape):
                votes[axis] = votes.get(axis, 0) + (1.5 if vector else 1)
    rows = max(votes, key=lambda axis: (votes[axis], axis), default=0)
    for name, value in named.items():
        if rows in (value.shape[0], value.shape[-1]):
            turned = value if value.shape[0] == rows else numpy.moveaxis(value, -1, 0)
            yield name, turned.reshape(rows) if turned.size == rows else turned


def plain_cell(value):
    return value.decode("utf-8", "replace").rstrip("\0") if isinstance(value, bytes) else value


def examples(path):
    """The examples of the arrays in a file, those of each split together."""
    try:
        found = matlab_arrays(path) if SOURCE["format"] == "matlab" else hdf5_arrays(path, False)
    except (OSError, ValueError, NotImplementedError) as error:
        sys.exit(f"{path} cannot be read as the training data was: {error}")
    table, groups = SOURCE.get("table"), {}
    for name, value in found.items():
        if table is None or name == table or name.startswith(f"{table}/"):
            split, rest = array_name(name)
            groups.setdefault(split, {})[rest] = value
    if len(groups) > 1:
        groups.pop("", None)
    for named in groups.values():
        arrays = dict(along_examples(named))
        for cells in zip(*arrays.values()):
            yield Arrays({name: numpy.asarray(plain_cell(cell)) for name, cell in zip(arrays, cells)})
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
