import { diagnosticOutput } from '../advisor/output';
import type { ServedTool } from '../mcp';
import { adviseTool, type Pause, type Workspace } from '../tools/advise';
import { askedDatasets, pathlessIssue } from '../tools/count';
import type { DatasetOutput, DatasetsOutput } from '../tools/datasets-output';
import { ADVISE_FIELDS, COUNT_FIELDS, TOOLS, WHAT_IF_FIELDS, type ToolName } from '../tools/definitions';
import { readInput, schemaOf } from '../tools/fields';
import { nothingAnnotated } from '../tools/names';
import { whatIfTool } from '../tools/what-if';
import adviseSchema from '../../schemas/advise.schema.json';
import datasetsSchema from '../../schemas/datasets.schema.json';
import whatIfSchema from '../../schemas/what-if.schema.json';
import { countData } from './count-data';
import { inspectDataset } from './inspect';
import { loadInTurns, type Loaded } from './load';
import { measured } from './measured';
import { workspaceFoldersOf } from './workspace';

type Call = ServedTool['call'];

/** The tools on one folder (absolute). Each call reads the folder anew, so that no answer is out of date. */
export function toolsOn(folder: string): readonly ServedTool[] {
  const io = { cwd: folder };
  const read = async (signal: AbortSignal): Promise<Loaded> => {
    const loaded = await loadInTurns([folder], io, signal);
    if (loaded.scan.files.length === 0) throw nothingAnnotated();
    return loaded;
  };
  const workspace = async (signal: AbortSignal): Promise<Workspace> => {
    const { problem, annotationDiagnostics, fileDiagnostics } = await read(signal);
    return {
      problem,
      options: { pilots: await measured([folder], problem, io) },
      diagnostics: [...fileDiagnostics, ...annotationDiagnostics.map(diagnosticOutput)],
    };
  };
  return [
    served('advise', adviseSchema, async (given, signal) => {
      const input = readInput(ADVISE_FIELDS, given);
      return adviseTool(await workspace(signal), input, pauseOf(signal));
    }),
    served('count_dataset', datasetsSchema, async (given, signal) => {
      const input = readInput(COUNT_FIELDS, given);
      const loaded = await read(signal);
      const datasets: DatasetOutput[] = [];
      for (const dataset of askedDatasets(loaded.problem, input)) {
        const workspaceFolders = workspaceFoldersOf(dataset.reference.file, [folder], io);
        const options = { cwd: folder, workspaceFolders, count: countData, signal };
        const { output } = await inspectDataset(dataset, loaded, options);
        datasets.push(
          dataset.path === undefined ? { ...output, issues: [...output.issues, pathlessIssue()] } : output,
        );
      }
      return { version: 1, datasets } satisfies DatasetsOutput;
    }),
    served('what_if', whatIfSchema, async (given, signal) => {
      const input = readInput(WHAT_IF_FIELDS, given);
      const { problem } = await read(signal);
      return whatIfTool({ problem, options: {} }, input, pauseOf(signal));
    }),
  ];
}

function served(name: ToolName, outputSchema: object, call: Call): ServedTool {
  const { title, description, fields } = TOOLS[name];
  return { name, title: title(), description, inputSchema: schemaOf(fields), outputSchema, call };
}

function pauseOf(signal: AbortSignal): Pause {
  return async () => {
    await new Promise(resolve => setImmediate(resolve));
    signal.throwIfAborted();
  };
}
