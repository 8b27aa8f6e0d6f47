import * as l10n from '@vscode/l10n';
import { DataError } from '../../errors';
import { openText } from '../../bytes/text';
import { countSource } from '../../scan/count-file';
import { createScanner } from '../../scan/scanner';
import type { Block, ReadOptions } from '../../table/table';
import type { CsvLayout } from './dialect';

/**
 * Counts the rows of a table without splitting them into cells: newlines outside quotes, less the header and
 * blank lines. Where some rows have other numbers of cells, a second pass tells which; they are reported and not
 * counted.
 */
export async function countRows(
  path: string,
  layout: CsvLayout,
  options: ReadOptions,
  readBlocks: () => AsyncIterable<Block>,
): Promise<number> {
  const source = await openText(path, layout.encoding, options.signal);
  const scanner = createScanner(layout.dialect, layout.columns.length);
  try {
    const { opened } = await countSource(source, scanner, layout.dialect.newline.charCodeAt(0));
    if (await source.changed())
      options.issues.add(
        'warning',
        'changed-while-read',
        l10n.t('{0} changed while it was read', path),
        path,
      );
    if (scanner.insideQuotes()) {
      throw new DataError(
        'unclosed-quote',
        l10n.t('{0} has a quoted field that is never closed', path),
        l10n.t('{0}, byte {1}', path, opened),
      );
    }
    const { rows: ended, blanks, uneven } = scanner.totals();
    if (uneven === (layout.columns.length > 1 ? blanks : 0))
      return Math.max(0, ended - blanks - (layout.hasHeader ? 1 : 0));
    let rows = 0;
    for await (const block of readBlocks()) rows += block.rows;
    return rows;
  } finally {
    scanner.release();
    await source.close();
  }
}
