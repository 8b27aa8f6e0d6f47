import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, diagnosticsOf, scratch } from './extension';

/** Comments as each language has them. */
const LANGUAGES: Readonly<Record<string, (text: string) => string>> = {
  'bad.py': text => `# ${text}`,
  'bad.ts': text => `// ${text}`,
  'bad.md': text => `<!-- ${text} -->`,
};

/** What people have in a file while they type, paste and merge. */
const LINES = [
  '@',
  '@dataset',
  '@dataset a task=',
  '@dataset a task=,, num_examples=5k,',
  '@dataset "not closed task=b num_examples=5k',
  '@dataset \u{1f600}\u{10437} task=\u{1f40d}-task num_examples=5k path="\u{1f600}/\u{10437}"',
  '@dataset \u05e9\u05dc\u05d5\u05dd task=\u0645\u0647\u0645\u0629 num_examples=7k path="\u202e\u05e0\u05ea\u05d5\u05e0\u05d9\u05dd"',
  '\t@dataset\ttabs\ttask=c\tnum_examples=5k\tsplits=train:1k,,test:',
  '@task c target shares_features_with=a,\u{1f40d}-task,nobody',
  '@pipeline c: a -> -> c engineered=->',
  '@pipeline c: a -> b -> c engineered=b->c,x->y',
  '@dataset continued task=c \\',
  'num_examples=5k \\',
];
const ENDINGS = ['\r\n', '\n', '\r\n', '\r'];

const textOf = (comment: (text: string) => string): string =>
  LINES.map((line, i) => comment(line) + (ENDINGS[i % ENDINGS.length] ?? '\n')).join('');

/** Every provider that is asked about a place. */
const AT_POSITION = [
  'vscode.executeHoverProvider',
  'vscode.executeCompletionItemProvider',
  'vscode.executeSignatureHelpProvider',
  'vscode.executeDefinitionProvider',
  'vscode.executeReferenceProvider',
  'vscode.executeDocumentHighlights',
];
/** Every provider that is asked about a whole document, with what it takes. */
const OF_DOCUMENT: readonly (readonly [string, 'range' | 'none' | 'count'])[] = [
  ['vscode.executeCodeActionProvider', 'range'],
  ['vscode.executeInlayHintProvider', 'range'],
  ['vscode.executeDocumentSymbolProvider', 'none'],
  ['vscode.executeFoldingRangeProvider', 'none'],
  ['vscode.executeLinkProvider', 'count'],
  ['vscode.executeCodeLensProvider', 'count'],
];

/** A new name for what stands at a position: refusing to rename is an answer too, a wrong range is none. */
async function rename(uri: vscode.Uri, position: vscode.Position): Promise<unknown> {
  try {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      position,
      'renamed',
    );
    return edit.get(uri).map(({ range }) => range);
  } catch (error) {
    assert.ok(error instanceof Error && !/TypeError|undefined|Illegal/.test(error.message), String(error));
    return [];
  }
}

/** Where the symbols of annotations in a document stand. */
async function symbolsIn(uri: vscode.Uri): Promise<vscode.Range[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    '',
  );
  return found
    .filter(
      ({ location, containerName }) =>
        containerName.startsWith('@') && location.uri.toString() === uri.toString(),
    )
    .map(({ location }) => location.range);
}

/** All ranges in an answer that are about a document. */
function rangesIn(
  answer: unknown,
  uri: string,
  found: vscode.Range[] = [],
  seen = new Set<object>(),
): vscode.Range[] {
  // Answers of other extensions may go round in circles.
  if (typeof answer === 'object' && answer !== null) {
    if (seen.has(answer)) return found;
    seen.add(answer);
  }
  if (answer instanceof vscode.Range) found.push(answer);
  // VS Code gives its own snippets ranges as long as their prefix, whatever stands there.
  else if (answer instanceof vscode.CompletionItem && answer.kind === vscode.CompletionItemKind.Snippet)
    return found;
  else if (Array.isArray(answer)) for (const each of answer) rangesIn(each, uri, found, seen);
  else if (typeof answer === 'object' && answer !== null && !(answer instanceof vscode.Uri)) {
    const { uri: other } = answer as { readonly uri?: unknown };
    if (other instanceof vscode.Uri && other.toString() !== uri) return found;
    for (const each of Object.values(answer)) rangesIn(each, uri, found, seen);
  }
  return found;
}

/** What the extension host has said of errors so far. */
function errorsInLog(): readonly string[] {
  const logs = process.env['TEST_LOGS'] ?? '';
  assert.ok(existsSync(logs), `there is no folder of logs at "${logs}"`);
  const files = readdirSync(logs, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && /exthost|Strategy Advisor/.test(entry.name),
  );
  assert.ok(files.length > 0, `no extension host has a log in ${logs}`);
  return files
    .flatMap(entry => readFileSync(path.join(entry.parentPath, entry.name), 'utf8').split('\n'))
    .filter(line => / \[error\] /.test(line) && /strategy-advisor|Strategy Advisor/i.test(line));
}

/** Asks every provider everywhere in a document; each range in an answer must lie in it. */
async function askEverything(document: vscode.TextDocument): Promise<number> {
  const { uri } = document;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const positions = Array.from({ length: document.lineCount }, (_, line) => {
    const { length } = document.lineAt(line).text;
    return new vscode.Position(line, Math.min(length, line % 2 === 0 ? 14 : length));
  });
  const answers = await Promise.all([
    ...positions.flatMap(position =>
      AT_POSITION.map(command => vscode.commands.executeCommand(command, uri, position)),
    ),
    ...positions.map(position => rename(uri, position)),
    symbolsIn(uri),
    ...OF_DOCUMENT.map(([command, takes]) =>
      vscode.commands.executeCommand(
        command,
        uri,
        ...(takes === 'none' ? [] : [takes === 'range' ? whole : 100]),
      ),
    ),
  ]);
  const ranges = [
    ...answers.flatMap(answer => rangesIn(answer, uri.toString())),
    ...vscode.languages.getDiagnostics(uri).map(({ range }) => range),
  ];
  for (const range of ranges)
    assert.ok(document.validateRange(range).isEqual(range), `${JSON.stringify(range)} is not in the text`);
  return ranges.length;
}

describe('text that is half written or damaged', function () {
  this.timeout(60_000);
  let before: readonly string[];

  beforeEach(() => {
    before = errorsInLog();
  });

  afterEach(async () => {
    await cleanUp();
    assert.deepEqual(errorsInLog().slice(before.length), []);
  });

  for (const [file, comment] of Object.entries(LANGUAGES))
    it(`leads no provider astray in ${file}`, async () => {
      const { document } = await scratch(file, textOf(comment));
      await eventually('the diagnostics', () => diagnosticsOf(document.uri).length > 0);
      assert.ok((await askEverything(document)) > 20);
    });

  it('leads none astray in the cells of a notebook, nor while they are edited', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# Title\n', 'markdown'),
        new vscode.NotebookCellData(
          vscode.NotebookCellKind.Code,
          textOf(line => `# ${line}`),
          'python',
        ),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    await eventually('the diagnostics', () => diagnosticsOf(document.uri).length > 0);
    assert.ok((await askEverything(document)) > 20);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(2, 3, 6, 5));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await askEverything(document);
  });

  it('may be an untitled file, or a file that is deleted while it is open', async () => {
    const untitled = await vscode.workspace.openTextDocument({
      language: 'python',
      content: textOf(line => `# ${line}`),
    });
    await vscode.window.showTextDocument(untitled);
    await eventually('the diagnostics', () => diagnosticsOf(untitled.uri).length > 0);
    await askEverything(untitled);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const { document } = await scratch(
      'gone.py',
      textOf(line => `# ${line}`),
    );
    await vscode.workspace.fs.delete(document.uri);
    await askEverything(document);
  });
});
