import * as l10n from '@vscode/l10n';
import { sampleText } from '../../bytes/text';
import { cellBlock } from '../../table/cells';
import type { Table } from '../../table/table';
import { countLines, readLines } from './lines';

/** A plain text file: each line that is not empty is an example, in the one column `text`. */
export async function openTextLines(path: string, signal?: AbortSignal): Promise<Table> {
  const { encoding } = await sampleText(path, signal);
  return {
    path,
    columns: [{ name: 'text', content: 'value' }],
    from: l10n.t('lines that are not empty'),
    count: options => countLines(path, encoding, options),
    async *blocks(options) {
      let first = 0;
      for await (const lines of readLines(path, encoding, options)) {
        yield cellBlock(first, lines.length, row => lines[row]?.text);
        first += lines.length;
      }
    },
  };
}
