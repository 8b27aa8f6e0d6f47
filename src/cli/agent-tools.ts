import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../common/abort';
import adviseSchema from '../../schemas/advise.schema.json';
import inputSchemas from '../../schemas/tool-inputs.json';
import datasetsSchema from '../../schemas/datasets.schema.json';
import whatIfSchema from '../../schemas/what-if.schema.json';
import { type Pause, type ToolWorkspace, adviseTool } from '../agents/advise-tool';
import { noPathIssue, requestedDatasets } from '../agents/count-dataset-tool';
import type { ServedTool } from '../agents/mcp-server';
import { TOOLS } from '../agents/tool-definitions';
import { noAnnotationsError, readInput } from '../agents/tool-input';
import { whatIfTool } from '../agents/what-if-tool';
import { TOOL_INPUTS, type ToolName } from '../protocol/agent-tools';
import { diagnosticOutput } from '../protocol/advise-output';
import { publishedOutput } from '../protocol/published-output';
import type { DatasetOutput, DatasetsOutput } from '../protocol/datasets-output';
import { countCheckpoints } from './count-checkpoints';
import { countData, inspectDataset } from './inspect-dataset';
import { type LoadedProblem, loadProblemAsync } from './load-problem';
import { readableFoldersOf } from './readable-folders';
import { loadPublishedResults } from './published-results';
import { pilotResults, workspaceFoldersOf } from './workspace-folders';

type Call = ServedTool['call'];

/** The tools on one folder (absolute). Each call reads the folder anew, so that no answer is out of date. */
export function agentToolsFor(folder: string): readonly ServedTool[] {
  const io = { cwd: folder };
  const read = async (signal: AbortSignal): Promise<LoadedProblem> => {
    const loaded = await loadProblemAsync([folder], io, signal);
    if (loaded.scan.files.length === 0) throw noAnnotationsError();
    return loaded;
  };
  const workspace = async (signal: AbortSignal): Promise<ToolWorkspace> => {
    const { problem, annotationDiagnostics, fileDiagnostics } = await read(signal);
    return {
      problem: await countCheckpoints(problem),
      options: {
        pilots: await pilotResults([folder], problem, io),
        published: publishedOutput(await loadPublishedResults()),
      },
      diagnostics: [...fileDiagnostics, ...annotationDiagnostics.map(diagnosticOutput)],
    };
  };
  return [
    served('advise', adviseSchema, async (given, signal) => {
      const input = readInput(TOOL_INPUTS.advise, given);
      return adviseTool(await workspace(signal), input, pauseOf(signal));
    }),
    served('count_dataset', datasetsSchema, async (given, signal) => {
      const input = readInput(TOOL_INPUTS.count_dataset, given);
      const loaded = await read(signal);
      const datasets: DatasetOutput[] = [];
      for (const dataset of requestedDatasets(loaded.problem, input)) {
        const workspaceFolders = workspaceFoldersOf(dataset.reference.file, [folder], io);
        const readable = readableFoldersOf(dataset.reference.file, [folder], io);
        const options = { cwd: folder, workspaceFolders, readable, count: countData, signal };
        const { output } = await inspectDataset(dataset, loaded, options);
        datasets.push(
          dataset.path === undefined ? { ...output, issues: [...output.issues, noPathIssue()] } : output,
        );
      }
      return { version: 1, datasets } satisfies DatasetsOutput;
    }),
    served('what_if', whatIfSchema, async (given, signal) => {
      const input = readInput(TOOL_INPUTS.what_if, given);
      const { problem } = await read(signal);
      return whatIfTool({ problem: await countCheckpoints(problem), options: {} }, input, pauseOf(signal));
    }),
  ];
}

function served(name: ToolName, outputSchema: object, call: Call): ServedTool {
  const { title, description } = TOOLS[name];
  return { name, title: title(), description, inputSchema: inputSchemas[name], outputSchema, call };
}

function pauseOf(signal: AbortSignal): Pause {
  return async () => {
    await setImmediate();
    throwIfAborted(signal);
  };
}
