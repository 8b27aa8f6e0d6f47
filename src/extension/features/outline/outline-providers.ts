import * as vscode from 'vscode';
import { findSymbols, symbolsIn } from '../../../language-service/document-symbols';
import {
  annotationFoldingRanges,
  indentationFoldingRanges,
  regionFoldingRanges,
} from '../../../language-service/folding-ranges';
import type { Directive } from '../../../language/annotation-model';
import type { FileLocation } from '../../../language/learning-problem';
import { inertText } from '../../../messages/inert-text';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import { annotationLocation } from '../../project/closed-notebooks';
import type { Project } from '../../project/project';
import type { Services } from '../../services';
import { toRange } from '../../vscode-conversions';
import { untilCancelled } from '../language/provider-support';

const KINDS: Readonly<Record<Directive, vscode.SymbolKind>> = {
  dataset: vscode.SymbolKind.Struct,
  task: vscode.SymbolKind.Class,
  pipeline: vscode.SymbolKind.Interface,
};

/** Annotations in the outline, among the symbols of the workspace, and as blocks to fold. */
export const outline: Feature = {
  register(services) {
    const { problems, settings } = services;
    const held = disposables();
    const isOn = (document: vscode.TextDocument): boolean => settings.get('outline.enabled', document.uri);
    held.add(
      vscode.languages.registerDocumentSymbolProvider(
        '*',
        {
          provideDocumentSymbols(document) {
            const file = isOn(document)
              ? problems.of(document)?.resolution().fileAt(document.uri.toString())
              : undefined;
            return (
              file &&
              symbolsIn(file.annotations).map(
                ({ name, detail, directive, range, selection }) =>
                  new vscode.DocumentSymbol(
                    inertText(name),
                    inertText(detail),
                    KINDS[directive],
                    toRange(range),
                    toRange(selection),
                  ),
              )
            );
          },
        },
        { label: 'Strategy Advisor' },
      ),
    );
    held.add(vscode.languages.registerWorkspaceSymbolProvider(workspaceSymbols(services)));
    held.add(
      vscode.languages.registerFoldingRangeProvider('*', {
        provideFoldingRanges(document) {
          const text = isOn(document) ? problems.textOf(document) : undefined;
          const blocks = text ? annotationFoldingRanges(text) : [];
          // Where there is nothing to add, the editor folds as it would without this extension.
          if (!text || blocks.length === 0) return undefined;
          return [
            ...blocks.map(
              ({ first, last }) => new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Comment),
            ),
            ...regionFoldingRanges(text.lines).map(
              ({ first, last }) => new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Region),
            ),
            ...indentationFoldingRanges(text.lines, tabSizeOf(document)).map(
              ({ first, last }) => new vscode.FoldingRange(first, last),
            ),
          ];
        },
      }),
    );
    return held;
  },
};

/** The symbols of all folders, once those have been read. Of a notebook they are shown in its cells. */
function workspaceSymbols({ problems, settings }: Services): vscode.WorkspaceSymbolProvider {
  const places = new WeakMap<
    vscode.SymbolInformation,
    { readonly scope: Project; readonly reference: FileLocation }
  >();
  return {
    async provideWorkspaceSymbols(query, token) {
      const scopes = problems.all().filter(scope => settings.get('outline.enabled', scope.resource));
      if (!(await untilCancelled(Promise.all(scopes.map(scope => scope.whenReady())), token))) return [];
      return scopes.flatMap(scope =>
        findSymbols(scope.resolution().files, query).map(({ file, symbol }) => {
          const { name, detail, directive, selection } = symbol;
          const location = new vscode.Location(vscode.Uri.parse(file.uri, true), toRange(selection));
          const shown = new vscode.SymbolInformation(
            inertText(name),
            KINDS[directive],
            inertText(detail),
            location,
          );
          places.set(shown, { scope, reference: { file: file.name, range: selection } });
          return shown;
        }),
      );
    },
    async resolveWorkspaceSymbol(symbol) {
      const found = places.get(symbol);
      const place = found && (await annotationLocation(found.scope, found.reference));
      if (place) symbol.location = new vscode.Location(place.uri, toRange(place.range));
      return symbol;
    },
  };
}

function tabSizeOf(document: vscode.TextDocument): number {
  const size = vscode.workspace.getConfiguration('editor', document).get('tabSize');
  return typeof size === 'number' && size > 0 ? size : 4;
}
