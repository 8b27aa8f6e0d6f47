import * as vscode from 'vscode';
import { type CommentForm, commentLineAt, toComments } from '../../../language-service/comment-insertion';
import { directiveItems } from '../../../language-service/completion-items';
import { parseText } from '../../../language/annotated-text';
import { EXTENSION_ID } from '../../contributions';
import { showQuickPick } from '../../user-interface';

/** Numbers have so many binary digits. */
const BITS = 10;
/** Of so many numbers, three were looked up: labels are missing, as they are in life. */
const LOOKED_UP = 5;

/** The files of a small annotated problem with data, by name: enough to run a pilot on. */
function exampleFiles(): Readonly<Record<string, string>> {
  return { 'numbers.py': program(), 'numbers.csv': table() };
}

function program(): string {
  return `"""What can be learned from the binary digits of a number?

Primes were looked up for three numbers in five only, whether three divides a number is known of all.
Change a size below, and see what becomes of the advice.
"""

import csv
from pathlib import Path

# @dataset numbers task=divisible-by-3,prime input=tabular:${BITS} num_examples=${2 ** BITS} \\
#   labels_present=divisible-by-3:100%,prime:60% label=divisible-by-3:by_3,prime:prime path=numbers.csv
# @task prime target output=class:2 shares_features_with=divisible-by-3 num_params=300k

with open(Path(__file__).parent / "numbers.csv", newline="") as file:
    rows = list(csv.DictReader(file))
print(len(rows), "numbers")
`;
}

function table(): string {
  const header = [...Array.from({ length: BITS }, (_, bit) => `bit_${bit}`), 'by_3', 'prime'].join(',');
  const rows = Array.from({ length: 2 ** BITS }, (_, number) => {
    const bits = Array.from({ length: BITS }, (__, bit) => (number >> bit) & 1);
    const prime = number % LOOKED_UP < 3 ? yesOrNo(isPrime(number)) : '';
    return [...bits, yesOrNo(number % 3 === 0), prime].join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return number > 1;
}

const EXAMPLE_FOLDER = 'strategy-advisor-example';

/**
 * Inserts annotations to fill in, above the line of the cursor and as comments of its language; in a new file where no
 * source file is open.
 */
export async function insertAnnotations(given: unknown): Promise<void> {
  const open = openSource();
  const cases = directiveItems('').filter(({ kind }) => kind === 'snippet');
  const items = cases.map(({ label, detail, documentation, insert }) => ({
    label,
    ...(detail === undefined ? {} : { description: detail }),
    ...(documentation === undefined ? {} : { detail: documentation }),
    insert,
  }));
  const picked =
    items.find(({ label }) => label === given) ??
    (await showQuickPick(items, {
      placeHolder: vscode.l10n.t('What do you want to know about your data?'),
      matchOnDescription: true,
    }));
  if (!picked) return;
  const { editor, form, line } = open ?? (await newSource());
  const indent = /^\s*/.exec(editor.document.lineAt(line).text)?.[0] ?? '';
  // VS Code itself indents what follows a line break as the line that it inserts into.
  const text = toComments(form, picked.insert.split('\n')).map(each => `${each}\n`);
  await editor.insertSnippet(
    new vscode.SnippetString(text.join('')),
    new vscode.Position(line, indent.length),
  );
}

interface Source {
  readonly editor: vscode.TextEditor;
  readonly form: CommentForm;
  readonly line: number;
}

/** The active editor, if a comment can be inserted at its cursor. */
function openSource(): Source | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme === 'output') return undefined;
  const { document, selection } = editor;
  const text = parseText(document.getText(), document.languageId);
  const place = commentLineAt(text, selection.active.line);
  return place && { editor, ...place };
}

async function newSource(): Promise<Source> {
  const document = await vscode.workspace.openTextDocument({ language: 'python' });
  const editor = await vscode.window.showTextDocument(document);
  return { editor, form: { open: '#', close: '' }, line: 0 };
}

/**
 * Writes a small annotated program and its data into the folder that is open, and opens it: a problem to try
 * everything on, a pilot included. What is there already stays as it is.
 */
export async function createExample(): Promise<vscode.Uri | undefined> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  const parent = open?.uri ?? (await chooseFolder());
  if (!parent) return undefined;
  const folder = vscode.Uri.joinPath(parent, EXAMPLE_FOLDER);
  const files = exampleFiles();
  for (const [name, text] of Object.entries(files)) {
    const file = vscode.Uri.joinPath(folder, name);
    if (!(await exists(file))) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  const program = vscode.Uri.joinPath(folder, 'numbers.py');
  await vscode.window.showTextDocument(program);
  return program;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Create Example Here'),
  });
  return chosen?.[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

const WALKTHROUGH = `${EXTENSION_ID}#start`;

/** Opens the walkthrough that leads from the first annotation to the first pilot. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}
