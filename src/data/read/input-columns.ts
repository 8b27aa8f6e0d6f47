import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import type { Source } from '../source/source';
import type { Column } from '../table/table';
import type { ReadRequest } from './request';

/** The columns of a table that are learned from. @throws DataError `unknown-column` */
export function inputColumns(source: Source, request: ReadRequest): Column[] {
  const columns = source.parts[0]?.table.columns ?? [];
  const wanted = request.input?.columns;
  if (wanted) {
    const unknown = wanted.find(name => !columns.some(column => column.name === name));
    if (unknown !== undefined)
      throw new DataError(
        'unknown-column',
        l10n.t('{0} has no column "{1}"', source.path, unknown),
        source.path,
      );
    return columns.filter(({ name }) => wanted.includes(name));
  }
  const others = new Set([
    ...Object.values(request.labels).map(({ column }) => column),
    ...(request.input?.except ?? []),
    request.group,
    request.splitColumn,
  ]);
  return columns.filter(({ name }, place) => !others.has(name) && !others.has(String(place)));
}
