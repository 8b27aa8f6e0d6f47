import * as vscode from 'vscode';
import type { Directive } from '../../annotations/model';
import { annotationBlocks, indentedBlocks } from '../../language/folding';
import { findSymbols, symbolsIn } from '../../language/symbols';
import { toRange } from '../convert';
import { disposables } from '../disposables';
import type { Feature } from '../feature';

const KINDS: Readonly<Record<Directive, vscode.SymbolKind>> = {
  dataset: vscode.SymbolKind.Struct,
  task: vscode.SymbolKind.Class,
  pipeline: vscode.SymbolKind.Interface,
};

/** Annotations in the outline, among the symbols of the workspace, and as blocks to fold. */
export const outline: Feature = {
  register({ problems, settings }) {
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
                    name,
                    detail,
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
    held.add(
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: query =>
          problems
            .all()
            .filter(scope => settings.get('outline.enabled', scope.resource))
            .flatMap(scope =>
              findSymbols(scope.resolution().files, query).map(
                ({ uri, symbol }) =>
                  new vscode.SymbolInformation(
                    symbol.name,
                    KINDS[symbol.directive],
                    symbol.detail,
                    new vscode.Location(vscode.Uri.parse(uri, true), toRange(symbol.selection)),
                  ),
              ),
            ),
      }),
    );
    held.add(
      vscode.languages.registerFoldingRangeProvider('*', {
        provideFoldingRanges(document) {
          const text = isOn(document) ? problems.textOf(document) : undefined;
          const blocks = text ? annotationBlocks(text) : [];
          // Where there is nothing to add, the editor folds as it would without this extension.
          if (!text || blocks.length === 0) return undefined;
          return [
            ...blocks.map(
              ({ first, last }) => new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Comment),
            ),
            ...indentedBlocks(text.lines, tabSizeOf(document)).map(
              ({ first, last }) => new vscode.FoldingRange(first, last),
            ),
          ];
        },
      }),
    );
    return held;
  },
};

function tabSizeOf(document: vscode.TextDocument): number {
  const size = vscode.workspace.getConfiguration('editor', document).get('tabSize');
  return typeof size === 'number' && size > 0 ? size : 4;
}
