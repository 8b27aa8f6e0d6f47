import * as l10n from '@vscode/l10n';
import { formatExactCount } from '../../common/number-notation';
import { canonicalSplit } from '../../data/split-names';
import { formatExactSize, formatSize } from '../../messages/quantities';
import type { DatasetOutput } from '../../protocol/datasets-output';
import { type Style, columnWidths, rowLines } from '../terminal';
import { entryOf } from '../../common/named-entries';

/** With more classes than this, only how many there are and their sizes are shown; the JSON has all. */
const MOST_CLASSES = 20;

type Sizes = Readonly<Record<string, number>>;

/** Rows below that of a dataset: name, stated, counted, where from, and two empty cells. */
function partRows(dataset: DatasetOutput): string[][] {
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
    const share = entryOf(shares, name);
    return row(
      l10n.t('label {0}', name),
      share === undefined ? '-' : `${Number((share * 100).toFixed(1))}%`,
      l10n.t('{0}, {1} unlabelled', examples(size), withoutLabel(counted, size)),
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

/** A table of the datasets, their parts below each; columns of what was counted where anything was. */
export function datasetLines(datasets: readonly DatasetOutput[], { colors, width }: Style): string[] {
  const counted = datasets.some(each => each.counted ?? each.documented);
  const header = [
    l10n.t('DATASET'),
    l10n.t('STATED'),
    ...(counted ? [l10n.t('COUNTED'), l10n.t('ORIGIN')] : []),
    l10n.t('DATA'),
    l10n.t('LOCATION'),
  ];
  const rows = datasets.flatMap(dataset => [
    [
      dataset.name,
      dataset.stated ? formatSize(dataset.stated) : l10n.t('not stated'),
      ...(counted
        ? [dataset.counted ? formatExactSize(dataset.counted) : '-', dataset.counted?.from ?? '-']
        : []),
      dataCell(dataset),
      `${dataset.file}:${dataset.line}`,
    ],
    ...(counted ? partRows(dataset) : []),
  ]);
  const widths = columnWidths([header, ...rows], width);
  return [
    ...rowLines(header, widths, cell => colors.dim(cell)),
    ...rows.flatMap(row =>
      rowLines(row, widths, (cell, column) =>
        column > 0 ? cell : cell.startsWith('· ') ? colors.dim(cell) : colors.bold(cell),
      ),
    ),
  ];
}

function dataCell({ path, issues }: DatasetOutput): string {
  if (path === undefined) return '-';
  return issues.some(({ code }) => code === 'path-missing') ? l10n.t('{0} (missing)', path) : path;
}
