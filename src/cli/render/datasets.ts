import * as l10n from '@vscode/l10n';
import { formatExactSize, formatSize } from '../../advisor/text/format';
import type { DatasetOutput } from '../../tools/datasets-output';
import type { Style } from '../terminal/style';
import { columnWidths, rowLines } from '../terminal/table';
import { partRows } from './dataset-parts';

/** A table of the datasets, their parts below each; columns of what was counted where anything was. */
export function datasetLines(datasets: readonly DatasetOutput[], { colors, width }: Style): string[] {
  const counted = datasets.some(each => each.counted ?? each.documented);
  const header = [
    l10n.t('DATASET'),
    l10n.t('STATED'),
    ...(counted ? [l10n.t('COUNTED'), l10n.t('FROM')] : []),
    l10n.t('DATA'),
    l10n.t('WHERE'),
  ];
  const rows = datasets.flatMap(dataset => [
    [
      dataset.name,
      dataset.stated ? formatSize(dataset.stated) : l10n.t('not stated'),
      ...(counted
        ? [dataset.counted ? formatExactSize(dataset.counted) : '-', dataset.counted?.from ?? '-']
        : []),
      dataText(dataset),
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

function dataText({ path, issues }: DatasetOutput): string {
  if (path === undefined) return '-';
  return issues.some(({ code }) => code === 'path-missing') ? l10n.t('{0} (missing)', path) : path;
}
