import * as vscode from 'vscode';
import {
  type NameLocation,
  type Occurrence,
  definitionsOf,
  occurrenceAt,
  referencesOf,
  renameConflict,
} from '../../../language-service/definitions-and-references';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import { isClosedNotebook, openNotebooks } from '../../project/closed-notebooks';
import { type Project, nameOfUri } from '../../project/project';
import type { NamedFile } from '../../project/project-resolution';
import type { Services } from '../../services';
import { fromPosition, toRange } from '../../vscode-conversions';
import { ANY_LANGUAGE, untilCancelled } from '../language/provider-support';

/** From a name to where it is declared, to all places where it stands, and to another name. */
export const navigation: Feature = {
  register(services) {
    const held = disposables();
    held.add(
      vscode.languages.registerDefinitionProvider('*', {
        provideDefinition: async (document, position, token) =>
          (await whole(services, document, position, definitionsOf, token)).map(toLocation),
      }),
    );
    held.add(
      vscode.languages.registerReferenceProvider('*', {
        provideReferences: async (document, position, { includeDeclaration }, token) =>
          (await whole(services, document, position, referencesOf, token))
            .filter(({ occurrence }) => includeDeclaration || occurrence.role !== 'declaration')
            .map(toLocation),
      }),
    );
    held.add(
      vscode.languages.registerDocumentHighlightProvider(ANY_LANGUAGE, {
        provideDocumentHighlights(document, position) {
          const found = find(services, document, position);
          return found && referencesOf([found.file], found.occurrence).map(toHighlight);
        },
      }),
    );
    held.add(vscode.languages.registerRenameProvider('*', renames(services)));
    return held;
  },
};

interface Found {
  readonly scope: Project;
  readonly file: NamedFile;
  readonly occurrence: Occurrence;
}

function find(
  { problems, settings }: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): Found | undefined {
  const scope = problems.of(document);
  if (!scope || !settings.get('navigation.enabled', scope.resource)) return undefined;
  const file = scope.resolution().fileAt(document.uri.toString());
  const occurrence = file && occurrenceAt(file, fromPosition(position));
  return occurrence && { scope, file, occurrence };
}

/** What is found once the whole folder has been read; in notebooks, in their cells. */
async function whole(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  search: (files: readonly NamedFile[], occurrence: Occurrence) => readonly NameLocation[],
  token: vscode.CancellationToken,
): Promise<readonly NameLocation[]> {
  const found = find(services, document, position);
  if (!found || !(await untilCancelled(found.scope.whenReady(), token))) return [];
  return inCells(() => search(found.scope.resolution().files, found.occurrence), token);
}

/** Searches again where notebooks had to be opened. */
async function inCells(
  search: () => readonly NameLocation[],
  token: vscode.CancellationToken,
): Promise<readonly NameLocation[]> {
  const places = search();
  const uris = places.map(({ uri }) => uri);
  return (await openNotebooks(uris, token)) ? search() : places;
}

function toLocation({ uri, occurrence }: NameLocation): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri, true), toRange(occurrence.range));
}

function toHighlight({ occurrence: { range, role } }: NameLocation): vscode.DocumentHighlight {
  return new vscode.DocumentHighlight(
    toRange(range),
    role === 'declaration' ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read,
  );
}

function renames(services: Services): vscode.RenameProvider {
  return {
    prepareRename(document, position) {
      const found = find(services, document, position);
      if (!found) throw new Error(vscode.l10n.t('No dataset or task name at this position.'));
      return { range: toRange(found.occurrence.range), placeholder: found.occurrence.name };
    },
    async provideRenameEdits(document, position, newName, token) {
      const found = find(services, document, position);
      if (!found) return undefined;
      const { scope, occurrence } = found;
      if (!(await untilCancelled(scope.whenReady(), token))) return undefined;
      const { files } = scope.resolution();
      switch (renameConflict(files, occurrence, newName)) {
        case 'bad-name':
          throw new Error(vscode.l10n.t('Invalid name "{0}". Use only letters, digits, _ . and -.', newName));
        case 'taken':
          throw new Error(
            occurrence.kind === 'dataset'
              ? vscode.l10n.t('A dataset named "{0}" already exists.', newName)
              : vscode.l10n.t('A task or value named "{0}" already exists.', newName),
          );
        case undefined:
          return toEdit(
            await inCells(() => referencesOf(scope.resolution().files, occurrence), token),
            newName,
          );
      }
    },
  };
}

function toEdit(places: readonly NameLocation[], newName: string): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, occurrence } of places) {
    const target = vscode.Uri.parse(uri, true);
    if (isClosedNotebook(target))
      throw new Error(
        vscode.l10n.t('{0} also contains "{1}", but cannot be opened.', nameOfUri(target), occurrence.name),
      );
    edit.replace(target, toRange(occurrence.range), newName);
  }
  return edit;
}
