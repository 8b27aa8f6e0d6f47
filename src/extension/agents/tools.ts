import * as vscode from 'vscode';
import { diagnosticOutput } from '../../advisor/output';
import { formatExactCount } from '../../annotations/numbers';
import type { Dataset } from '../../annotations/problem';
import { adviseTool, type Pause, type Workspace } from '../../tools/advise';
import { askedDatasets } from '../../tools/count';
import type { DatasetOutput, DatasetsOutput } from '../../tools/datasets-output';
import type { ToolName } from '../../tools/definitions';
import { readInput, type InputOf } from '../../tools/fields';
import { ToolError } from '../../tools/tool-error';
import { whatIfTool } from '../../tools/what-if';
import type { Services } from '../services';
import type { Scope } from '../workspace/scope';
import { askedScope, unlessAborted } from './asked-scope';
import { EDITOR_FIELDS } from './editor-tools';
import type { AgentTools } from './register';

/** Compares what an annotation says of a dataset with the data; rejects where `signal` is aborted. */
export type CountDataset = (scope: Scope, dataset: Dataset, signal: AbortSignal) => Promise<DatasetOutput>;

interface Tool<N extends ToolName> {
  /** What the user reads while it works. */
  readonly message: (input: InputOf<(typeof EDITOR_FIELDS)[N]>) => string;
  readonly answer: (input: InputOf<(typeof EDITOR_FIELDS)[N]>, signal: AbortSignal) => Promise<object>;
}

/** The tools on the problems of this window, as they stand at each call; nothing is counted without `count`. */
export function createTools({ problems }: Services, count?: CountDataset): AgentTools {
  return {
    advise: toolOf('advise', {
      message: ({ task }) =>
        task === undefined
          ? vscode.l10n.t('Working out how to train')
          : vscode.l10n.t('Working out how to train {0}', task),
      async answer({ task, folder }, signal) {
        const scope = await askedScope(problems, folder, task, signal);
        return adviseTool(workspaceOf(scope), task === undefined ? {} : { task }, pauseOf(signal));
      },
    }),
    count_dataset: toolOf('count_dataset', {
      message: ({ dataset }) =>
        dataset === undefined
          ? vscode.l10n.t('Counting the datasets')
          : vscode.l10n.t('Counting {0}', dataset),
      async answer({ dataset, folder }, signal) {
        if (!count) throw new ToolError(vscode.l10n.t('Data cannot be counted in a browser.'));
        const scope = await askedScope(problems, folder, dataset, signal);
        const { problem } = scope.resolution();
        const datasets: DatasetOutput[] = [];
        for (const each of askedDatasets(problem, dataset === undefined ? {} : { dataset }))
          datasets.push(await unlessAborted(count(scope, each, signal), signal));
        return { version: 1, datasets } satisfies DatasetsOutput;
      },
    }),
    what_if: toolOf('what_if', {
      message: ({ dataset, num_examples: size }) =>
        vscode.l10n.t('Working out what {0} would change for {1}', formatExactCount(size), dataset),
      async answer(input, signal) {
        const { folder, ...rest } = input;
        const scope = await askedScope(problems, folder, rest.dataset, signal);
        return whatIfTool(workspaceOf(scope), rest, pauseOf(signal));
      },
    }),
  };
}

function toolOf<N extends ToolName>(name: N, { message, answer }: Tool<N>): AgentTools[ToolName] {
  const read = (given: unknown): InputOf<(typeof EDITOR_FIELDS)[N]> => readInput(EDITOR_FIELDS[name], given);
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
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(output))]);
      } catch (error) {
        throw controller.signal.aborted ? new vscode.CancellationError() : error;
      } finally {
        cancelled.dispose();
      }
    },
  };
}

function workspaceOf(scope: Scope): Workspace {
  const resolution = scope.resolution();
  const { problem, options, files } = resolution;
  const diagnostics = files.flatMap(file =>
    resolution.diagnosticsIn(file).map(diagnostic => diagnosticOutput({ ...diagnostic, file: file.name })),
  );
  return { problem, options, diagnostics };
}

function pauseOf(signal: AbortSignal): Pause {
  return async () => {
    await new Promise(resolve => setTimeout(resolve, 0));
    signal.throwIfAborted();
  };
}
