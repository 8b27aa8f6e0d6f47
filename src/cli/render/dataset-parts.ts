import * as l10n from '@vscode/l10n';
import { formatExactSize, formatSize } from '../../advisor/text/format';
import { formatExactCount } from '../../annotations/numbers';
import { canonicalSplit } from '../../data/splits/names';
import type { DatasetOutput } from '../../tools/datasets-output';

/** With more classes than this, only how many there are and their sizes are shown; the JSON has all. */
const MOST_CLASSES = 20;

type Sizes = Readonly<Record<string, number>>;

/** Rows below that of a dataset: name, stated, counted, where from, and two empty cells. */
export function partRows(dataset: DatasetOutput): string[][] {
  return [
    ...splitRows(dataset),
    ...labelRows(dataset),
    ...classRows(dataset.counted?.classes ?? {}),
    ...(dataset.documented ?? []).map(each => row('', '', formatExactSize(each), each.from)),
  ];
}

function row(name: string, stated: string, counted: string, from = ''): string[] {
  return [name === '' ? '' : `· ${name}`, stated, counted, from, '', ''];
}

function examples(value: number): string {
  return formatExactSize({ value, unit: 'examples' });
}

/** Stated splits first, each beside the counted one of the same name, however it is spelt. */
function splitRows({ stated, counted }: DatasetOutput): string[][] {
  const canonical = (name: string): string => canonicalSplit(name) ?? name;
  const left = new Map(Object.entries(counted?.splits ?? {}).map(([name, size]) => [canonical(name), size]));
  const rows = Object.entries(stated?.splits ?? {}).map(([name, value]) => {
    const size = left.get(canonical(name));
    left.delete(canonical(name));
    const statedText = formatSize({ value, unit: stated?.unit ?? 'examples' });
    return row(name, statedText, size === undefined ? '-' : examples(size));
  });
  return [...rows, ...[...left].map(([name, size]) => row(name, '-', examples(size)))];
}

function labelRows({ stated, counted }: DatasetOutput): string[][] {
  const shares: Sizes = stated?.labelsPresent ?? {};
  return Object.entries(counted?.labels ?? {}).map(([name, size]) => {
    const share = Object.hasOwn(shares, name) ? shares[name] : undefined;
    return row(
      l10n.t('label {0}', name),
      share === undefined ? '-' : `${Number((share * 100).toFixed(1))}%`,
      l10n.t('{0}, {1} without', examples(size), withoutLabel(counted, size)),
    );
  });
}

function withoutLabel(counted: DatasetOutput['counted'], present: number): string {
  const { value = present, unit = 'examples', splits } = counted ?? {};
  const total = unit === 'examples' ? value : sum(Object.values(splits ?? { all: present }));
  return formatExactCount(total - present);
}

function classRows(classes: Sizes): string[][] {
  const entries = Object.entries(classes);
  if (entries.length === 0) return [];
  if (entries.length <= MOST_CLASSES)
    return entries.map(([name, size]) => row(l10n.t('class {0}', name), '-', examples(size)));
  const sizes = entries.map(([, size]) => size).sort((a, b) => a - b);
  const range = l10n.t('{0} to {1} each', sizes[0] ?? 0, examples(sizes.at(-1) ?? 0));
  return [row(l10n.t('{0} classes', entries.length), '-', range)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
