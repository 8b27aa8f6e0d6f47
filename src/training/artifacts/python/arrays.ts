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
