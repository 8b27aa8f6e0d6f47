import * as vscode from 'vscode';
import {
  type DiagramContent,
  diagramPageMessages,
  readDiagramPageState,
} from '../../../ui/diagram/diagram-page-messages';
import { type Diagram, diagramOf } from '../../../ui/diagram/problem-diagram';
import { DIAGRAM_PANEL } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import { annotationLocation } from '../../project/closed-notebooks';
import { type Project, fileOf } from '../../project/project';
import type { ProjectRegistry } from '../../project/project-registry';
import type { Services } from '../../services';
import { toRange } from '../../vscode-conversions';
import { PANEL_OPTIONS, servePage } from '../../webview-pages';
import { showInformationMessage, showQuickPick, withProgress } from '../../user-interface';

/**
 * The problem that a diagram is wanted of: that of the active file, the only one there is, or what the user picks.
 * Where nothing is annotated yet, the first folder: its diagram fills as annotations are written.
 */
async function pickProject(problems: ProjectRegistry): Promise<Project | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const own = active && problems.of(active);
  if (own && isAnnotated(own)) return own;
  const all = problems.all();
  await withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading annotations') },
    () => Promise.all(all.map(scope => scope.whenReady())),
  );
  const annotated = all.filter(isAnnotated);
  if (annotated.length > 1) {
    const items = annotated.map(scope => ({ label: scope.name, scope }));
    const placeHolder = vscode.l10n.t('Select a folder to show its diagram');
    return (await showQuickPick(items, { placeHolder }))?.scope;
  }
  const chosen = annotated[0] ?? own ?? all[0];
  if (!chosen)
    void showInformationMessage(
      vscode.l10n.t('No annotations to draw. Open a folder, or a file with annotations.'),
    );
  return chosen;
}

function isAnnotated(scope: Project): boolean {
  return scope.resolution().files.length > 0;
}

const NOTHING: Diagram = { graph: { nodes: [], edges: [] }, references: new Map() };

/** Shows the problem `key` in a panel, and follows it for as long as the panel can be seen. */
function fillPanel(panel: vscode.WebviewPanel, key: string, { problems, log }: Services): Disposable {
  const held = disposables();
  let shown = NOTHING;
  const scopeNow = (): Project | undefined => problems.all().find(scope => scope.key === key);
  const content = async (): Promise<DiagramContent> => {
    const scope = scopeNow();
    await scope?.whenReady();
    const resolution = scope?.resolution();
    shown = resolution ? diagramOf(resolution.problem, resolution.adviceOn) : NOTHING;
    const name = scope?.name ?? vscode.workspace.asRelativePath(vscode.Uri.parse(key), false);
    panel.title = vscode.l10n.t('Diagram of {0}', name);
    return {
      ...{ name, graph: shown.graph },
      ...(scope ? {} : { message: vscode.l10n.t('{0} is no longer open.', name) }),
    };
  };
  const reveal = async (node: string, focus: boolean): Promise<undefined> => {
    const reference = shown.references.get(node);
    const scope = scopeNow();
    const place = reference && scope && (await annotationLocation(scope, reference));
    if (!place) return undefined;
    const { uri, range } = place;
    await vscode.commands.executeCommand('vscode.open', uri, {
      viewColumn: columnFor(uri, panel),
      preserveFocus: !focus,
      preview: true,
      selection: toRange(range),
    } satisfies vscode.TextDocumentShowOptions);
    return undefined;
  };
  const page = held.add(
    servePage(panel, {
      ...{ name: 'diagram', title: panel.title, subject: key, messages: diagramPageMessages },
      handlers: common => ({
        ...common,
        open: content,
        reveal: ({ node, focus }) => reveal(node, focus),
      }),
      onProblem: log.warn,
    }),
  );
  const settled = (scope: Project): void => {
    if (scope.key !== key || !page.isOpen()) return;
    content().then(
      next => {
        page.notify('graph', next);
      },
      (error: unknown) => {
        log.fail(vscode.l10n.t('Could not draw the diagram.'), error);
      },
    );
  };
  held.add(problems.onDidSettle(settled));
  held.add(problems.onDidEnd(settled));
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

/** The panels of diagrams, one for each problem that is looked at. */
export interface Diagrams extends Disposable {
  /** Shows the problem of the active file beside the code, or asks which; one that is open comes to the front. */
  readonly show: () => Promise<void>;
  /** Fills a panel that VS Code has brought back. */
  readonly restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
}

export function createDiagrams(services: Services): Diagrams {
  const panels = new Map<string, vscode.WebviewPanel>();
  const fill = (panel: vscode.WebviewPanel, key: string): void => {
    panels.set(key, panel);
    const filled = fillPanel(panel, key, services);
    panel.onDidDispose(() => {
      filled.dispose();
      panels.delete(key);
    });
  };
  return {
    async show() {
      const scope = await pickProject(services.problems);
      if (!scope) return;
      const open = panels.get(scope.key);
      if (open) open.reveal();
      else
        fill(
          vscode.window.createWebviewPanel(
            DIAGRAM_PANEL,
            vscode.l10n.t('Diagram of {0}', scope.name),
            vscode.ViewColumn.Beside,
            PANEL_OPTIONS,
          ),
          scope.key,
        );
    },
    restore(panel, state) {
      const kept = readDiagramPageState(state);
      panel.webview.options = PANEL_OPTIONS;
      // Without what it had kept, or where its problem is shown already, it has nothing to show.
      if (!kept || panels.has(kept.scope)) panel.dispose();
      else fill(panel, kept.scope);
      return Promise.resolve();
    },
    dispose() {
      for (const panel of [...panels.values()]) panel.dispose();
    },
  };
}
