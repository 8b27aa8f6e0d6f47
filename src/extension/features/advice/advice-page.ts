import * as vscode from 'vscode';
import { COMMANDS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { ProjectRegistry } from '../../project/project-registry';
import { type AdviceArgument, pickAdvice } from './advice-argument';
import { advicePage } from './advice-page-markdown';

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
      provideTextDocumentContent(uri) {
        const { scope, task } = argumentOf(uri);
        const resolution = problems.withKey(scope)?.resolution();
        return resolution ? advicePage(task, resolution) : vscode.l10n.t('Its folder or file is closed.');
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

/** All advice on a target, on a page beside the code. */
export const showAdvice: Feature = {
  register({ problems, log }) {
    const held = disposables();
    held.add(providePages(problems));
    held.add(
      vscode.commands.registerCommand(COMMANDS.showAdvice, async (given: unknown) => {
        try {
          const argument = await pickAdvice(problems, given);
          if (argument) await openPage(argument);
        } catch (error) {
          log.fail(vscode.l10n.t('The advice could not be shown.'), error);
        }
      }),
    );
    return held;
  },
};
