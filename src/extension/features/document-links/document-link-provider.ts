import * as vscode from 'vscode';
import { type DataLink, linksIn } from '../../../language-service/document-links';
import type { Feature } from '../../lifecycle';
import { type DataFinder, dataUris, findData, findExactly, webAddress } from '../../project/find-data';
import { toRange } from '../../vscode-conversions';

type PathLink = Extract<DataLink, { readonly kind: 'path' }>;

/** From a `path` to the file or folder, and from a source dataset to its page on the Hugging Face hub. */
export const links: Feature = {
  register(services) {
    const { problems, settings, home } = services;
    const known = new WeakMap<
      vscode.DocumentLink,
      { readonly link: PathLink; readonly document: vscode.Uri }
    >();
    const provider: vscode.DocumentLinkProvider = {
      provideDocumentLinks(document) {
        const scope = problems.of(document);
        const text = problems.textOf(document);
        if (!scope || !text || !settings.get('links.enabled', scope.resource)) return [];
        return linksIn(text, scope.resolution().problem).flatMap(link => {
          const shown = new vscode.DocumentLink(toRange(link.range));
          if (link.kind === 'path') {
            // Where it cannot be told what a path is relative to, there is nothing to lead to.
            if (dataUris(link.path, document.uri, home).length === 0) return [];
            known.set(shown, { link, document: document.uri });
            return [shown];
          }
          const target = webAddress(link.url);
          if (!target) return [];
          shown.target = target;
          return [shown];
        });
      },
      async resolveDocumentLink(shown) {
        const found = known.get(shown);
        const target = found && (await targetOf(found.link, found.document, services));
        if (target) shown.target = target;
        return shown;
      },
    };
    return vscode.languages.registerDocumentLinkProvider('*', provider);
  },
};

/** A file is opened, a folder shown among the files; where nothing is, VS Code says so of the file. */
async function targetOf(
  { path, list }: PathLink,
  document: vscode.Uri,
  services: DataFinder,
): Promise<vscode.Uri | undefined> {
  const named = list === path ? undefined : await findExactly(list, document, services);
  const found = named ?? (await findData(path, document, services));
  if (!found?.isFolder) return found?.uri ?? dataUris(path, document, services.home)[0];
  const argument = encodeURIComponent(JSON.stringify([found.uri]));
  return vscode.Uri.parse(`command:revealInExplorer?${argument}`);
}
