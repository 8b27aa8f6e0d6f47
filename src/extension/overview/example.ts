/** Numbers have so many binary digits. */
const BITS = 10;
/** Of so many numbers, three were looked up: labels are missing, as they are in life. */
const LOOKED_UP = 5;

/** The files of a small annotated problem with data, by name: enough to run a pilot on. */
export function exampleFiles(): Readonly<Record<string, string>> {
  return { 'numbers.py': program(), 'numbers.csv': table() };
}

function program(): string {
  return `"""What can be learned from the binary digits of a number?

Primes were looked up for three numbers in five only, whether three divides a number is known of all.
Change a size below, and see what becomes of the advice.
"""

import csv
from pathlib import Path

# @dataset numbers task=divisible-by-3,prime input=tabular:${BITS} num_examples=${2 ** BITS} \\
#   labels_present=divisible-by-3:100%,prime:60% label=divisible-by-3:by_3,prime:prime path=numbers.csv
# @task prime target output=class:2 shares_features_with=divisible-by-3 num_params=300k

with open(Path(__file__).parent / "numbers.csv", newline="") as file:
    rows = list(csv.DictReader(file))
print(len(rows), "numbers")
`;
}

function table(): string {
  const header = [...Array.from({ length: BITS }, (_, bit) => `bit_${bit}`), 'by_3', 'prime'].join(',');
  const rows = Array.from({ length: 2 ** BITS }, (_, number) => {
    const bits = Array.from({ length: BITS }, (__, bit) => (number >> bit) & 1);
    const prime = number % LOOKED_UP < 3 ? yesOrNo(isPrime(number)) : '';
    return [...bits, yesOrNo(number % 3 === 0), prime].join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return number > 1;
}
