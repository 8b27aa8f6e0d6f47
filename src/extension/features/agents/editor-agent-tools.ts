import * as vscode from 'vscode';
import { EDITOR_TOOL_INPUTS, type EditorToolInput, type ToolName } from '../../../protocol/agent-tools';
import { throwIfAborted, untilAborted } from '../../../common/abort';
import { type Pause, type ToolWorkspace, adviseTool } from '../../../agents/advise-tool';
import { requestedDatasets } from '../../../agents/count-dataset-tool';
import { toolError, noAnnotationsError, readInput } from '../../../agents/tool-input';
import { answerParts, failureText } from '../../../agents/tool-answer';
import { whatIfTool } from '../../../agents/what-if-tool';
import { formatExactCount } from '../../../common/number-notation';
import type { Problem } from '../../../language/learning-problem';
import { diagnosticOutput } from '../../../protocol/advise-output';
import type { DatasetOutput, DatasetsOutput } from '../../../protocol/datasets-output';
import type { Project } from '../../project/project';
import type { ProjectRegistry } from '../../project/project-registry';
import type { Services } from '../../services';
import type { CountDataset } from './dataset-count-tool';

/**
 * The problem that an agent asks about, once its folder has been read: that of the folder it names, else the only
 * one there is, else the only one that has a task or dataset called `name`. Throws a {@link ToolError} where that
 * does not tell.
 */
async function requestedProject(
  problems: ProjectRegistry,
  folder: string | undefined,
  name: string | undefined,
  signal: AbortSignal,
): Promise<Project> {
  const all = problems.all();
  const meant = folder === undefined ? all : all.filter(scope => isCalled(scope, folder));
  if (meant.length === 0 && folder !== undefined) throw toolError(unknownFolder(folder, all));
  await untilAborted(Promise.all(meant.map(scope => scope.whenReady())), signal);
  const annotated = meant.filter(scope => scope.resolution().files.length > 0);
  const candidates =
    annotated.length > 1 && name !== undefined
      ? annotated.filter(scope => knows(scope.resolution().problem, name))
      : annotated;
  const [first, ...others] = candidates;
  if (first && others.length === 0) return first;
  if (annotated.length === 0) throw noAnnotationsError();
  throw toolError(
    vscode.l10n.t(
      'Several folders are open: {0}. Set "folder" to one of them.',
      annotated.map(scope => scope.name).join(', '),
    ),
  );
}

function isCalled({ name, resource, key }: Project, folder: string): boolean {
  return name === folder || resource.fsPath === folder || key === folder;
}

function knows({ tasks, datasets }: Problem, name: string): boolean {
  return [...tasks, ...datasets].some(each => each.name === name);
}

function unknownFolder(folder: string, all: readonly Project[]): string {
  const names = all.map(scope => scope.name).join(', ');
  return vscode.l10n.t('Folder "{0}" is not open. Open folders: {1}.', folder, names);
}

/** What agents in the editor may ask for. */
export type AgentTools = Readonly<Record<ToolName, Required<vscode.LanguageModelTool<unknown>>>>;

interface Tool<N extends ToolName> {
  /** What the user reads while it works. */
  readonly message: (input: EditorToolInput<N>) => string;
  readonly answer: (input: EditorToolInput<N>, signal: AbortSignal) => Promise<object>;
}

/** The tools on the problems of this window, as they stand at each call; nothing is counted without `count`. */
export function createTools({ problems }: Services, count?: CountDataset): AgentTools {
  return {
    advise: toolOf('advise', {
      message: ({ task }) =>
        task === undefined
          ? vscode.l10n.t('Getting training advice')
          : vscode.l10n.t('Getting training advice for {0}', task),
      async answer({ task, folder }, signal) {
        const scope = await requestedProject(problems, folder, task, signal);
        return adviseTool(workspaceOf(scope), task === undefined ? {} : { task }, pauseOf(signal));
      },
    }),
    count_dataset: toolOf('count_dataset', {
      message: ({ dataset }) =>
        dataset === undefined ? vscode.l10n.t('Counting datasets') : vscode.l10n.t('Counting {0}', dataset),
      async answer({ dataset, folder }, signal) {
        if (!count) throw toolError(vscode.l10n.t('Data cannot be counted in a browser.'));
        const scope = await requestedProject(problems, folder, dataset, signal);
        const { problem } = scope.resolution();
        const datasets: DatasetOutput[] = [];
        for (const each of requestedDatasets(problem, dataset === undefined ? {} : { dataset }))
          datasets.push(await untilAborted(count(scope, each, signal), signal));
        return { version: 1, datasets } satisfies DatasetsOutput;
      },
    }),
    what_if: toolOf('what_if', {
      message: ({ dataset, num_examples: size }) =>
        vscode.l10n.t('Getting advice for a size of {0} for {1}', formatExactCount(size), dataset),
      async answer(input, signal) {
        const { folder, ...rest } = input;
        const scope = await requestedProject(problems, folder, rest.dataset, signal);
        return whatIfTool(workspaceOf(scope), rest, pauseOf(signal));
      },
    }),
  };
}

function toolOf<N extends ToolName>(name: N, { message, answer }: Tool<N>): AgentTools[ToolName] {
  const read = (given: unknown): EditorToolInput<N> => readInput(EDITOR_TOOL_INPUTS[name], given);
  return {
    prepareInvocation({ input }) {
      return { invocationMessage: message(read(input)) };
    },
    async invoke({ input }, token) {
      const controller = new AbortController();
      const cancelled = token.onCancellationRequested(() => {
        controller.abort();
      });
      try {
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        const output = await answer(read(input), controller.signal);
        return new vscode.LanguageModelToolResult(
          answerParts(output).map(text => new vscode.LanguageModelTextPart(text)),
        );
      } catch (error) {
        if (controller.signal.aborted || error instanceof vscode.CancellationError)
          throw new vscode.CancellationError();
        throw new Error(failureText(error), { cause: error });
      } finally {
        cancelled.dispose();
      }
    },
  };
}

function workspaceOf(scope: Project): ToolWorkspace {
  const resolution = scope.resolution();
  const { advised, options, files } = resolution;
  const diagnostics = files.flatMap(file =>
    resolution.diagnosticsIn(file).map(diagnostic => diagnosticOutput({ ...diagnostic, file: file.name })),
  );
  return { problem: advised, options, diagnostics };
}

function pauseOf(signal: AbortSignal): Pause {
  return async () => {
    await new Promise(resolve => setTimeout(resolve, 0));
    throwIfAborted(signal);
  };
}
