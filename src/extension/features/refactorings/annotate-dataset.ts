import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { isAbort, untilAborted } from '../../../common/abort';
import { isAddress, isExplicitPath, listedPaths } from '../../../common/path-syntax';
import type { CountResult } from '../../../data';
import { type DataCall, dataCallAt } from '../../../language-service/data-loading-calls';
import { type CountedSize, proposeAnnotation } from '../../../language-service/propose-annotation';
import type { Feature } from '../../lifecycle';
import { type DataFinder, dataUris, findData } from '../../project/find-data';
import type { Project } from '../../project/project';
import { editOf, fromPosition } from '../../vscode-conversions';
import type { CountJob } from '../../../protocol/counting';
import { countPathOf } from '../counting/count-requests';

/** The path or id that the annotation of a dataset names, as it is written there. */
export type DataReference = Pick<DataCall, 'path' | 'id'>;

const IN_FOLDER = '${workspaceFolder}/';

/**
 * Where the dataset lies that the code reads: `path=` is relative to the file, and a path in code to the folder that
 * the program is started in, often that of the workspace. What is there decides; where neither is, the path stays.
 * `undefined` where it is annotated already, or would be data only if a folder were there.
 */
async function dataReferenceOf(
  { path, id, isFolder = false }: DataCall,
  document: vscode.Uri,
  scope: Project,
  services: DataFinder,
): Promise<DataReference | undefined> {
  const { home } = services;
  const known = annotatedPlaces(scope, home);
  if (path === undefined) return id === undefined || known.has(id) ? undefined : { id };
  if (isAddress(path)) return known.has(path) ? undefined : { path };
  const parts = listedPaths(path);
  const inFolder = parts.map(part => IN_FOLDER + part.path.replace(/^(?:\.[/])+/, '')).join(',');
  const candidates = isExplicitPath(path, true) ? [path] : [path, inFolder];
  if (candidates.some(each => known.has(placeKey(each, document, home)))) return undefined;
  for (const candidate of candidates) {
    // What a text says decides which files are looked for.
    const found = vscode.workspace.isTrusted ? await findData(candidate, document, services) : undefined;
    if (found && (!isFolder || found.isFolder)) return { path: candidate };
  }
  return isFolder ? undefined : { path };
}

/** The places and ids that the datasets of a problem name. */
function annotatedPlaces(scope: Project, home: vscode.Uri | undefined): ReadonlySet<string> {
  const { problem, file } = scope.resolution();
  return new Set(
    problem.datasets.flatMap(({ path, sourceDatasets, reference }) => {
      const uri = file(reference.file)?.uri;
      if (path === undefined || uri === undefined) return sourceDatasets;
      return [...sourceDatasets, isAddress(path) ? path : placeKey(path, vscode.Uri.parse(uri), home)];
    }),
  );
}

/** Several files are one place, and a table of a database is in the place of the database. */
function placeKey(path: string, document: vscode.Uri, home: vscode.Uri | undefined): string {
  return listedPaths(path.replace(/#[^#/]*$/, ''))
    .map(({ path: part }) => (dataUris(part, document, home)[0]?.toString() ?? part).replace(/[/]$/, ''))
    .join(',');
}

/** Counts data; rejects where it is cancelled. */
export type CountData = (counting: CountJob, signal: AbortSignal) => Promise<CountResult>;

/** How long somebody waits for an annotation until it comes without the size, in milliseconds. */
const PATIENCE = 3000;

interface Proposed {
  readonly call: DataCall;
  readonly document: vscode.TextDocument;
  readonly scope: Project;
}

/**
 * Annotates the dataset that the code at the cursor reads, with the size that is counted once it is chosen.
 * @param count counts data on this machine; absent in a browser
 */
export function annotateData(count: CountData | undefined): Feature {
  return {
    register(services) {
      const { problems, settings, log } = services;
      const proposals = new WeakMap<vscode.CodeAction, Proposed>();
      const isOn = ({ resource }: Project): boolean => settings.get('refactorings.enabled', resource);
      const counted = async ({ call, document, scope }: Proposed, token: vscode.CancellationToken) => {
        if (!count || !vscode.workspace.isTrusted || !settings.get('datasets.enabled', scope.resource))
          return undefined;
        const place = call.path === undefined ? undefined : countPathOf(scope, document.uri, call.path);
        if (!place) return undefined;
        const counting: CountJob = { ...place, unit: 'examples', labels: {} };
        try {
          return sizeOf(await withPatience(signal => count(counting, signal), token));
        } catch (error) {
          log.warn(`${call.path ?? ''}: ${errorMessage(error)}`);
          return undefined;
        }
      };
      const provider: vscode.CodeActionProvider = {
        async provideCodeActions(document, range) {
          const scope = problems.of(document);
          const text = problems.textOf(document);
          if (!scope || !text || !isOn(scope)) return [];
          const found = dataCallAt(text, fromPosition(range.start));
          const place = found && (await dataReferenceOf(found, document.uri, scope, services));
          if (!found || !place) return [];
          const call = { ...found, ...place };
          const proposed = proposeAnnotation(text, call, namesIn(scope));
          if (!proposed) return [];
          const action = new vscode.CodeAction(
            vscode.l10n.t('Annotate dataset {0}', proposed.name),
            vscode.CodeActionKind.RefactorExtract,
          );
          proposals.set(action, { call, document, scope });
          return [action];
        },
        async resolveCodeAction(action, token) {
          const proposal = proposals.get(action);
          if (!proposal) return action;
          const size = await counted(proposal, token);
          const { call, document, scope } = proposal;
          const text = problems.textOf(document);
          const proposed = text && proposeAnnotation(text, call, namesIn(scope), size);
          if (!proposed) return action;
          const { position, snippet } = proposed;
          action.edit = editOf(document.uri, { position, text: snippet, isSnippet: true });
          return action;
        },
      };
      return vscode.languages.registerCodeActionsProvider('*', provider, {
        providedCodeActionKinds: [vscode.CodeActionKind.RefactorExtract],
      });
    },
  };
}

function namesIn(scope: Project): ReadonlySet<string> {
  return new Set(scope.resolution().problem.datasets.map(({ name }) => name));
}

/** What was counted, else what a file beside the data states. */
function sizeOf({ counted, stated }: CountResult): CountedSize | undefined {
  const size = counted ?? stated[0];
  return size?.unit === 'examples' && size.value > 0 ? size : undefined;
}

/** Rejects when the time is up, or somebody cancels, whether or not the work has ended by then. */
async function withPatience<T>(
  work: (signal: AbortSignal) => Promise<T>,
  token: vscode.CancellationToken,
): Promise<T> {
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
  };
  const timer = setTimeout(end, PATIENCE);
  const cancelled = token.onCancellationRequested(end);
  try {
    return await untilAborted(work(controller.signal), controller.signal);
  } catch (error) {
    if (!isAbort(error)) throw error;
    throw new Error(vscode.l10n.t('Counting timed out. The proposed annotation has no size.'), {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    cancelled.dispose();
  }
}
