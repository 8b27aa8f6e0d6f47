// Runs in the extension host of a real VS Code: measures what a user of the extension waits for.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { ACTIVATION } from '../../src/extension/lifecycle';
import { eventually } from '../../test/vscode/eventually';
import type { Measured, Task } from './measured';

const ID = 'strategy-advisor.strategy-advisor';

/** VS Code calls this; a rejection fails the run. */
export async function run(): Promise<void> {
  const task = JSON.parse(readFileSync(process.env['BENCH_TASK'] ?? '', 'utf8')) as Task;
  const uri = vscode.Uri.file(task.file);
  const emptyHeap = heap();
  const first = await start();
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const names = async (): Promise<number> =>
    (await ask<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', '')).length;
  await eventually('the folder to be read', async () => (await names()) >= task.names, 120_000);
  const index = performance.now() - first.end;
  const logged = await eventually('the log', () => readLog(first.from));
  const memory = heap() - emptyHeap;
  const measured: Measured = {
    ...{ load: first.load, activate: first.activate, index, memory, ...logged },
    ...(task.tries > 0
      ? await use(editor, first.onEdit, task.tries)
      : { edits: [], keystrokes: [], hovers: [], completions: [] }),
  };
  writeFileSync(task.output, JSON.stringify(measured));
}

interface Started {
  readonly load: number;
  readonly activate: number;
  readonly end: number;
  /** The time of day when the extension began to load, in milliseconds. */
  readonly from: number;
  /** When the extension host last heard of an edit, before the extension did. */
  readonly onEdit: () => number;
}

/** Starts the extension as VS Code does, with a clock around its two halves. */
async function start(): Promise<Started> {
  const extension = vscode.extensions.getExtension(ID);
  if (!extension || extension.isActive) throw new Error('The extension is missing, or was started before.');
  let heard = 0;
  vscode.workspace.onDidChangeTextDocument(() => {
    heard = performance.now();
  });
  const file = path.join(extension.extensionPath, 'dist', 'extension.mjs');
  const from = Date.now();
  const begin = performance.now();
  await import(pathToFileURL(file).href);
  const load = performance.now() - begin;
  await extension.activate();
  // The extension takes this time itself: nobody can step between VS Code and the functions of a module.
  const [activated] = performance.getEntriesByName(ACTIVATION);
  if (!activated) throw new Error('VS Code has loaded another copy of the extension.');
  return {
    load,
    activate: activated.duration,
    end: performance.now(),
    from,
    onEdit: () => heard,
  };
}

/** The log that the extension keeps in this window, which has been opened since; earlier windows have theirs. */
function logSince(from: number): string | undefined {
  const folder = process.env['TEST_LOGS'] ?? '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => path.basename(file) === 'Strategy Advisor.log')
    .map(file => path.join(folder, file))
    .find(file => statSync(file).birthtimeMs >= from);
}

/** "…: 20,000 files read, 203 with annotations", as the extension says it. */
function readLog(from: number): Pick<Measured, 'filesRead' | 'filesAnnotated'> | undefined {
  try {
    const text = readFileSync(logSince(from) ?? '', 'utf8');
    const [, read, annotated] = /: (\d+) files read, (\d+) with annotations/.exec(text) ?? [];
    return read === undefined ? undefined : { filesRead: Number(read), filesAnnotated: Number(annotated) };
  } catch {
    return undefined;
  }
}

/** Edits before those that count: an editor is open for hours. */
const WARM_UP = 40;

type Uses = Pick<Measured, 'edits' | 'keystrokes' | 'hovers' | 'completions'>;

async function use(editor: vscode.TextEditor, heard: () => number, tries: number): Promise<Uses> {
  const { document } = editor;
  const uses = {
    edits: [] as number[],
    keystrokes: [] as number[],
    hovers: [] as number[],
    completions: [] as number[],
  };
  const lines = annotatedLines(document);
  let ended = 0;
  let found = -1;
  // Listeners are told in the order in which they came: this one after the extension's.
  const listener = vscode.workspace.onDidChangeTextDocument(() => {
    found = mistakes(document);
    ended = performance.now();
  });
  // What is measured first has not been compiled yet.
  for (let i = -WARM_UP; i < tries; i++) {
    const line = lines[(i + WARM_UP) % lines.length] ?? 0;
    const before = mistakes(document);
    const at = document.lineAt(line).text.search(/\d[\d.]*[kM]\b/) + 1;
    const from = performance.now();
    await editor.edit(builder => {
      builder.insert(new vscode.Position(line, at), '?');
    });
    if (found <= before) throw new Error(`The mistake in line ${line + 1} is not reported at once.`);
    if (i >= 0) {
      uses.edits.push(ended - heard());
      uses.keystrokes.push(performance.now() - from);
    }
    await editor.edit(builder => {
      builder.delete(new vscode.Range(line, at, line, at + 1));
    });
  }
  listener.dispose();
  for (let i = -5; i < tries; i++) {
    const line = lines[(i + 5) % lines.length] ?? 0;
    const hover = await timed(() =>
      ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(line, 4)),
    );
    if (hover.answer.length === 0) throw new Error(`There is no hover in line ${line + 1}.`);
    const completion = await timed(() =>
      ask<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.lineAt(line).range.end,
      ),
    );
    if (i < 0) continue;
    uses.hovers.push(hover.time);
    uses.completions.push(completion.time);
  }
  return uses;
}

/** Lines on which a dataset states its size in thousands. */
function annotatedLines(document: vscode.TextDocument): readonly number[] {
  return Array.from({ length: document.lineCount }, (_, line) => line).filter(line =>
    /@dataset .*num_examples=\d+k/.test(document.lineAt(line).text),
  );
}

function mistakes({ uri }: vscode.TextDocument): number {
  return vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'bad-number').length;
}

async function timed<T>(act: () => Promise<T>): Promise<{ answer: T; time: number }> {
  const from = performance.now();
  const answer = await act();
  return { answer, time: performance.now() - from };
}

async function ask<T>(command: string, ...values: readonly unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(command, ...values);
}

/** What is in memory once all that is of no use has left it, in bytes. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
