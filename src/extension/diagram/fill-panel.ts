import * as vscode from 'vscode';
import { diagramOf, type Diagram } from '../../webview/diagram/model';
import {
  readFromDiagramPage,
  type FromDiagramPage,
  type ToDiagramPage,
} from '../../webview/diagram/protocol';
import { languageOf, pageHtml } from '../charts/page-html';
import { saveFile } from '../charts/save-file';
import { toRange } from '../convert';
import { disposables, type Disposable } from '../disposables';
import type { Services } from '../services';
import { placeOf } from '../workspace/closed-notebooks';
import { fileOf, type Scope } from '../workspace/scope';

const NOTHING: Diagram = { graph: { nodes: [], edges: [] }, references: new Map() };

/** Shows the problem `key` in a panel, and follows it for as long as the panel can be seen. */
export function fillPanel(panel: vscode.WebviewPanel, key: string, { problems, log }: Services): Disposable {
  const held = disposables();
  let isReady = false;
  let shown = NOTHING;
  const onError = (error: unknown): void => {
    log.fail(vscode.l10n.t('The diagram could not be drawn.'), error);
  };
  const scopeNow = (): Scope | undefined => problems.all().find(scope => scope.key === key);
  const send = async (): Promise<void> => {
    if (!isReady || !panel.visible) return;
    const scope = scopeNow();
    await scope?.whenReady();
    const resolution = scope?.resolution();
    shown = resolution ? diagramOf(resolution.problem, resolution.adviceOn) : NOTHING;
    const name = scope?.name ?? vscode.workspace.asRelativePath(vscode.Uri.parse(key), false);
    panel.title = vscode.l10n.t('Diagram of {0}', name);
    await panel.webview.postMessage({
      ...{ kind: 'graph', scope: key, name, graph: shown.graph },
      ...languageOf(),
      ...(scope ? {} : { message: vscode.l10n.t('{0} is not open any more.', name) }),
    } satisfies ToDiagramPage);
  };
  const serve = async (message: FromDiagramPage): Promise<void> => {
    switch (message.kind) {
      case 'ready':
        isReady = true;
        return send();
      case 'reveal':
        return reveal(message.node, message.focus);
      case 'save':
        return saveFile(message);
    }
  };
  const reveal = async (node: string, focus: boolean): Promise<void> => {
    const reference = shown.references.get(node);
    const scope = scopeNow();
    const place = reference && scope && (await placeOf(scope, reference));
    if (!place) return;
    const { uri, range } = place;
    await vscode.commands.executeCommand('vscode.open', uri, {
      viewColumn: columnFor(uri, panel),
      preserveFocus: !focus,
      preview: true,
      selection: toRange(range),
    } satisfies vscode.TextDocumentShowOptions);
  };
  const settled = (scope: Scope): void => {
    if (scope.key === key) send().catch(onError);
  };
  held.add(problems.onDidSettle(settled));
  held.add(problems.onDidEnd(settled));
  held.add(
    panel.webview.onDidReceiveMessage((given: unknown) => {
      const message = readFromDiagramPage(given);
      if (message) serve(message).catch(onError);
    }),
  );
  held.add(
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; when it is shown again it says that it is ready.
      if (!panel.visible) isReady = false;
    }),
  );
  panel.webview.html = pageHtml(panel.webview, 'diagram', panel.title);
  return held;
}

/** Where code is shown: where the file is open, else where other code is, never over the diagram. */
function columnFor(uri: vscode.Uri, panel: vscode.WebviewPanel): vscode.ViewColumn {
  const { all } = vscode.window.tabGroups;
  const isIn = ({ tabs }: vscode.TabGroup): boolean =>
    tabs.some(
      ({ input }) =>
        (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) &&
        input.uri.toString() === fileOf(uri).toString(),
    );
  const others = all.filter(({ viewColumn }) => viewColumn !== panel.viewColumn);
  return (others.find(isIn) ?? others[0])?.viewColumn ?? vscode.ViewColumn.Beside;
}
