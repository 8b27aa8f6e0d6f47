import * as l10n from '@vscode/l10n';
import { SOURCES, type SourceId } from '../../advisor/sources';
import { escape, link } from './markdown';

/** "He 2018", linked where there is something to link to; the whole citation shows on pointing at it. */
export function sourceLink(id: SourceId): string {
  const { citation, url } = SOURCES[id];
  const short = escape(shortCitation(id));
  return url === undefined ? short : link(short, url, citation);
}

/** The first author and the year. */
export function shortCitation(id: SourceId): string {
  if (id === 'choice') return l10n.t('own choice');
  const { citation } = SOURCES[id];
  const author = /^\S+?(?=,|\s|$)/.exec(citation)?.[0] ?? citation;
  const year = /\b\d{4}$/.exec(citation)?.[0];
  return year === undefined ? author : `${author} ${year}`;
}
