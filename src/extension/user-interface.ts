import * as vscode from 'vscode';
import { inertText, wholeInertText } from '../messages/inert-text';
import type { Disposable } from './disposables';

/**
 * All that the extension says outside of its pages goes through here, since most of it repeats text of a repository:
 * nothing of that becomes a link, a command or an icon. Lint keeps other files from calling VS Code's own functions.
 */

type Show = (
  message: string,
  options: vscode.MessageOptions,
  ...actions: string[]
) => Thenable<string | undefined>;
type Actions = readonly string[] | readonly [vscode.MessageOptions, ...string[]];

/** A message; resolves to the action that the user chose. */
export function showInformationMessage(message: string, ...actions: Actions): Thenable<string | undefined> {
  return say(vscode.window.showInformationMessage, message, actions);
}

/** A warning, or with `modal: true` a question that has to be answered. */
export function showWarningMessage(message: string, ...actions: Actions): Thenable<string | undefined> {
  return say(vscode.window.showWarningMessage, message, actions);
}

export function showErrorMessage(message: string, ...actions: Actions): Thenable<string | undefined> {
  return say(vscode.window.showErrorMessage, message, actions);
}

function say(show: Show, message: string, given: Actions): Thenable<string | undefined> {
  const [first, ...others] = given;
  const { detail, ...options } = typeof first === 'object' ? first : {};
  const actions = typeof first === 'string' ? [first, ...others.map(String)] : others.map(String);
  return show(
    options.modal === true ? wholeInertText(message) : inertText(message),
    { ...options, ...(detail === undefined ? {} : { detail: wholeInertText(detail) }) },
    ...actions,
  );
}

/** A line to pick; its icon is ours, its texts may be anybody's. */
export interface Choice {
  readonly label: string;
  /** Shown behind the label. */
  readonly description?: string;
  /** Shown below it. */
  readonly detail?: string;
  /** A codicon. */
  readonly icon?: string;
}

/** Lets the user pick one of several. */
export async function showQuickPick<T extends Choice>(
  choices: readonly T[],
  options: vscode.QuickPickOptions = {},
): Promise<T | undefined> {
  const { placeHolder, title } = options;
  const items = choices.map(choice => {
    const { icon, label, description, detail } = choice;
    return {
      label: withIcon(icon, label),
      ...(description === undefined ? {} : { description: inertText(description) }),
      ...(detail === undefined ? {} : { detail: inertText(detail) }),
      choice,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    ...options,
    ...(placeHolder === undefined ? {} : { placeHolder: inertText(placeHolder) }),
    ...(title === undefined ? {} : { title: inertText(title) }),
  });
  return picked?.choice;
}

type Report = vscode.Progress<{ message?: string; increment?: number }>;

/** Shows that something goes on, as a notification or in the status bar. */
export function withProgress<R>(
  options: vscode.ProgressOptions,
  task: (progress: Report, token: vscode.CancellationToken) => Thenable<R>,
): Thenable<R> {
  const { title } = options;
  return vscode.window.withProgress(
    { ...options, ...(title === undefined ? {} : { title: inertText(title) }) },
    (progress, token) =>
      task(
        {
          report({ message, ...others }) {
            progress.report({
              ...others,
              ...(message === undefined ? {} : { message: inertText(message) }),
            });
          },
        },
        token,
      ),
  );
}

/** A text in the status bar for a while, behind a codicon. */
export function setStatusBarMessage(
  message: string,
  { icon, milliseconds }: { readonly icon: string; readonly milliseconds: number },
): void {
  vscode.window.setStatusBarMessage(withIcon(icon, message), milliseconds);
}

/** An item of the status bar. */
export interface StatusItem extends Disposable {
  readonly show: (shown: {
    readonly icon: string;
    readonly text: string;
    /** Shown on pointing at it, and read aloud. */
    readonly lines: readonly string[];
    readonly command: vscode.Command;
  }) => void;
  readonly hide: () => void;
}

export function createStatusItem(id: string, priority: number): StatusItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority);
  item.name = 'Strategy Advisor';
  return {
    show({ icon, text, lines, command }) {
      const shown = lines.map(inertText);
      item.text = withIcon(icon, text);
      item.tooltip = shown.join('\n');
      item.accessibilityInformation = { label: `Strategy Advisor: ${shown.join(', ')}` };
      item.command = command;
      item.show();
    },
    hide() {
      item.hide();
    },
    dispose() {
      item.dispose();
    },
  };
}

/** A line of a tree; VS Code shows a tooltip that is a string as it is. */
export function createTreeItem(
  shown: { readonly label: string; readonly description?: string; readonly tooltip?: string },
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const item = new vscode.TreeItem(inertText(shown.label), state);
  if (shown.description !== undefined) item.description = inertText(shown.description);
  if (shown.tooltip !== undefined) item.tooltip = inertText(shown.tooltip);
  return item;
}

/**
 * A hover in Markdown whose parts were escaped (`src/messages/markdown.ts`): its links run no commands but these, and
 * what HTML it has is ours.
 */
export function createHoverMarkdown(
  markdown: string,
  enabledCommands: readonly string[],
): vscode.MarkdownString {
  const result = new vscode.MarkdownString(markdown, true);
  result.supportHtml = true;
  result.isTrusted = { enabledCommands };
  return result;
}

function withIcon(icon: string | undefined, text: string): string {
  return icon === undefined ? inertText(text) : `$(${icon}) ${inertText(text)}`;
}
