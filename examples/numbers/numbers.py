"""Tells from the binary digits of a number what it is divisible by, and whether it is prime.

The data lies beside this file, so its sizes are counted: change one below and see. Primes were looked up for
three numbers in five only.
"""

import csv
from pathlib import Path

# @dataset numbers task=divisible-by-3,divisible-by-7,prime input=tabular:10 splits=train:820,test:204 \
#   labels_present=divisible-by-3:100%,divisible-by-7:100%,prime:60% \
#   label=divisible-by-3:by_3,divisible-by-7:by_7,prime:prime path=data
# @task prime target output=class:2 shares_features_with=divisible-by-3,divisible-by-7 num_params=300k

DATA = Path(__file__).parent / "data"
BITS = 10


def is_prime(number: int) -> bool:
    return number > 1 and all(number % factor for factor in range(2, int(number**0.5) + 1))


def row(number: int) -> list[str]:
    bits = f"{number:0{BITS}b}"
    # Every five in a row have three that were looked up; which three moves on, so that every last digit occurs.
    looked_up = (number + number // 5) % 5 < 3
    return [*bits, str(int(number % 3 == 0)), str(int(number % 7 == 0)), str(int(is_prime(number))) if looked_up else ""]


def main() -> None:
    DATA.mkdir(exist_ok=True)
    header = [*(f"bit_{place}" for place in reversed(range(BITS))), "by_3", "by_7", "prime"]
    tables = {"test.csv": range(4, 2**BITS, 5), "train.csv": [n for n in range(2**BITS) if n % 5 != 4]}
    for name, numbers in tables.items():
        with open(DATA / name, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(map(row, numbers))


if __name__ == "__main__":
    main()
