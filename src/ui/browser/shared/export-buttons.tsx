import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { CHART_FORMATS, type ChartFormat } from '../../report/report-sections';

/** Buttons that save a chart, one for each format. */
export function ExportButtons({
  title,
  choose,
}: {
  readonly title: string;
  readonly choose: (format: ChartFormat) => void;
}): VNode {
  return (
    <span class="exports" role="group" aria-label={l10n.t('Save “{0}”', title)}>
      {CHART_FORMATS.map(format => (
        <button
          key={format}
          type="button"
          onClick={() => {
            choose(format);
          }}
        >
          {format.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
