import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { scratch, write } from './extension';

/** An `.ipynb` whose cells have these sources. */
export function notebookText(sources: readonly string[]): string {
  const cells = sources.map(source => ({
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const metadata = { language_info: { name: 'python' } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** Writes a notebook with Python cells into the folder `scratch` and opens it; the document is that of its first cell. */
export async function openCells(
  file: string,
  sources: readonly string[],
): Promise<{ readonly notebook: vscode.NotebookDocument; readonly document: vscode.TextDocument }> {
  const uri = await write(`${randomUUID()}-${file}`, notebookText(sources));
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  const { document } = notebook.cellAt(0);
  await eventually('the cell in an editor', () =>
    vscode.window.visibleTextEditors.some(editor => editor.document === document),
  );
  return { notebook, document };
}

/** A way to write annotations: comments of a language, in a file or in the cell of a notebook. */
export interface Kind {
  readonly name: string;
  readonly comment: (text: string) => string;
  /** Opens a document with such a text. */
  readonly open: (text: string) => Promise<vscode.TextDocument>;
}

const inFile =
  (file: string) =>
  async (text: string): Promise<vscode.TextDocument> =>
    (await scratch(file, text)).document;

/** Where the editor's features are to work alike. */
export const KINDS: readonly Kind[] = [
  { name: 'Python', comment: text => `# ${text}`, open: inFile('a.py') },
  { name: 'TypeScript', comment: text => `// ${text}`, open: inFile('a.ts') },
  { name: 'Markdown', comment: text => `<!-- ${text} -->`, open: inFile('a.md') },
  {
    name: 'a notebook',
    comment: text => `# ${text}`,
    open: async text => (await openCells('a.ipynb', [text])).document,
  },
];

/** Comments of a kind, each on a line of its own. */
export function written({ comment }: Kind, lines: readonly string[]): string {
  return lines.map(line => `${comment(line)}\n`).join('');
}
