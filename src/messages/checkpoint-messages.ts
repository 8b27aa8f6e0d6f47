import * as l10n from '@vscode/l10n';
import type { Size } from '../language/annotation-model';
import { escape, link } from './markdown';
import { formatCount, formatExactSize } from './quantities';

/** A `checkpoint=` that is neither there nor known by name. */
export function checkpointUnknown({ name, similar }: { name: string; similar?: string | undefined }): string {
  const unknown = l10n.t(
    'No file or folder {0}, and no well-known checkpoint has this name, so the advice does not count it.',
    name,
  );
  return similar === undefined ? unknown : `${unknown} ${l10n.t('Did you mean {0}?', similar)}`;
}

/** What is known of a checkpoint, as lines of Markdown. */
export function checkpointFacts({
  name,
  trainedOn,
  parameters,
  licence,
  source,
}: {
  readonly name: string;
  readonly trainedOn: readonly { readonly title: string; readonly size?: Size; readonly address: string }[];
  readonly parameters?: number;
  readonly licence?: string;
  readonly source: { readonly title: string; readonly address: string };
}): readonly string[] {
  const data = trainedOn.map(({ title, size, address }) => {
    const named = link(escape(title), address);
    return size ? `${named} (${escape(formatExactSize(size))})` : named;
  });
  return [
    l10n.t('Checkpoint {0}, trained on {1}', `**${escape(name)}**`, data.join(', ')),
    ...(parameters === undefined ? [] : [l10n.t('{0} parameters', formatCount(parameters))]),
    ...(licence === undefined ? [] : [l10n.t('Licence: {0}', escape(licence))]),
    link(l10n.t('Confirmed in: {0}', escape(source.title)), source.address),
  ];
}
