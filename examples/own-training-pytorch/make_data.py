"""Writes the two tables in data/: made-up readings of machines, many labelled with wear, few with failure."""

import csv
import random
from pathlib import Path

READINGS = 8


def row(random_: random.Random) -> tuple[list[int], int, int]:
    readings = [random_.randint(0, 99) for _ in range(READINGS)]
    centred = [reading - 49.5 for reading in readings]
    # Both labels rest on the same products of readings, which no line through the readings tells apart.
    products = [centred[i] * centred[i + 1] for i in range(0, 6, 2)]
    wear = products[0] + products[1] + products[2] > 0
    failure = products[0] + products[1] + 0.5 * products[2] > 400
    return readings, int(wear), int(failure)


def main() -> None:
    random_ = random.Random(20)
    data = Path(__file__).parent / "data"
    data.mkdir(exist_ok=True)
    for label, rows in {"wear": 4000, "failure": 500}.items():
        with open(data / f"{label}.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow([*(f"reading_{i}" for i in range(READINGS)), label])
            for _ in range(rows):
                readings, wear, failure = row(random_)
                table.writerow([*readings, wear if label == "wear" else failure])


if __name__ == "__main__":
    main()
