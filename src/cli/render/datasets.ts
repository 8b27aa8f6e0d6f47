import * as l10n from '@vscode/l10n';
import { formatSize } from '../../advisor/text/format';
import type { DatasetOutput } from '../datasets-output';
import type { Style } from '../terminal/style';
import { columnWidths, rowLines } from '../terminal/table';

/** A table of the datasets; a column of counted sizes where anything was counted. */
export function datasetLines(datasets: readonly DatasetOutput[], { colors, width }: Style): string[] {
  const counted = datasets.some(dataset => dataset.counted);
  const header = [
    l10n.t('DATASET'),
    l10n.t('STATED'),
    ...(counted ? [l10n.t('COUNTED')] : []),
    l10n.t('DATA'),
    l10n.t('WHERE'),
  ];
  const rows = datasets.map(dataset => [
    dataset.name,
    dataset.stated ? formatSize(dataset.stated) : l10n.t('not stated'),
    ...(counted ? [dataset.counted ? formatSize(dataset.counted) : '-'] : []),
    dataText(dataset),
    `${dataset.file}:${dataset.line}`,
  ]);
  const widths = columnWidths([header, ...rows], width);
  return [
    ...rowLines(header, widths, cell => colors.dim(cell)),
    ...rows.flatMap(row =>
      rowLines(row, widths, (cell, column) => (column === 0 ? colors.bold(cell) : cell)),
    ),
  ];
}

function dataText({ path, issues }: DatasetOutput): string {
  if (path === undefined) return '-';
  return issues.some(({ code }) => code === 'path-missing') ? l10n.t('{0} (missing)', path) : path;
}
