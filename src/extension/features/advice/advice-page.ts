import * as vscode from 'vscode';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { ProjectRegistry } from '../../project/project-registry';
import type { AdviceArgument } from './advice-argument';

const SCHEME = 'strategy-advisor';

/** Opens the page that has all advice on a target, beside the code. It follows the annotations. */
function openPage(argument: AdviceArgument): Thenable<unknown> {
  const uri = pageUri(argument);
  return vscode.commands.executeCommand('markdown.showPreviewToSide', uri).then(undefined, () =>
    // Without the Markdown extension the text has to do.
    vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true }),
  );
}

/** Provides the pages, and renews those that are open. */
function providePages(problems: ProjectRegistry): Disposable {
  const held = disposables();
  const changed = held.add(new vscode.EventEmitter<vscode.Uri>());
  held.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        const { scope, task } = argumentOf(uri);
        const { advicePage } = await import('./advice-page-markdown');
        const resolution = problems.withKey(scope)?.resolution();
        return resolution ? advicePage(task, resolution) : vscode.l10n.t('Its folder or file was closed.');
      },
    }),
  );
  held.add(
    problems.onDidSettle(({ key }) => {
      for (const { uri } of vscode.workspace.textDocuments)
        if (uri.scheme === SCHEME && argumentOf(uri).scope === key) changed.fire(uri);
    }),
  );
  return held;
}

/** The path names the tab; the query says which problem it is about. */
function pageUri({ scope, task }: AdviceArgument): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${task}.md`, query: scope });
}

function argumentOf({ path, query }: vscode.Uri): AdviceArgument {
  return { scope: query, task: path.slice(1, -'.md'.length) };
}

/** The pages that have all advice on a target: they follow the annotations. */
export const advicePages: Feature = {
  register: ({ problems }) => providePages(problems),
};

/** Opens the page on the target that a command was given, or that the user picks. */
export async function showAdvice(problems: ProjectRegistry, given: unknown): Promise<void> {
  const { pickAdvice } = await import('./pick-advice');
  const argument = await pickAdvice(problems, given);
  if (argument) await openPage(argument);
}
