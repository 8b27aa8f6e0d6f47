import { visibleLine } from '../../common/visible-text';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { RunList, RunSummary } from '../../experiments';
import { queueText, shortVerdict, verdictText } from '../../experiments/report/run-summary-text';
import type { RunsOutput } from '../../protocol/runs-output';
import { noReport } from '../../messages/run-messages';
import { type Command, DONE, FAILED, JSON_OPTION, type ParsedArguments, usageError } from '../command-line';
import { followToEnd, stopAndSay } from '../follow-and-stop';
import { loadRuns, withReportedErrors } from '../launch-run';
import { pilotLines } from '../render/pilot-table';
import { type Io, columnWidths, displayPath, rowLines, styleOf } from '../terminal';
import { workspaceForRuns } from '../workspace-folders';

export const runsCommand: Command = {
  name: 'runs',
  operands:
    'PATH [--show RUN] [--compare RUN,RUN] [--rename RUN --to TEXT] [--note RUN --to TEXT] [--export RUN --format csv|tensorboard --to PATH] [--delete RUN] [--follow RUN] [--stop RUN] [--json]',
  summary: () => l10n.t('List, show, compare, rename, export, delete, follow or stop runs.'),
  description: () => [
    l10n.t(
      'Specify a run by its ID, a unique part of its ID, its name or its folder. A deleted run stays in .strategy-advisor/trash until you delete another one; --restore recovers it.',
    ),
  ],
  options: {
    show: { type: 'string', value: 'RUN', summary: () => l10n.t('Show the results of a run.') },
    compare: { type: 'string', value: 'RUN,RUN', summary: () => l10n.t('Compare two runs side by side.') },
    rename: {
      type: 'string',
      value: 'RUN',
      summary: () => l10n.t('Rename a run; --to sets the new name.'),
    },
    note: {
      type: 'string',
      value: 'RUN',
      summary: () => l10n.t('Save notes with a run; --to sets the text.'),
    },
    export: {
      type: 'string',
      value: 'RUN',
      summary: () => l10n.t('Export the trials of a run; --to sets the path.'),
    },
    format: {
      type: 'string',
      choices: ['csv', 'tensorboard'],
      summary: () => l10n.t('Export format: csv (a table) or tensorboard (event files); csv by default.'),
    },
    to: { type: 'string', value: 'TEXT', summary: () => l10n.t('Name, notes or path.') },
    delete: { type: 'string', value: 'RUN', summary: () => l10n.t('Delete a run.') },
    restore: { type: 'string', value: 'FOLDER', summary: () => l10n.t('Restore a deleted run.') },
    follow: {
      type: 'string',
      value: 'RUN',
      summary: () =>
        l10n.t(
          'Follow a run until it ends, whichever window or terminal started it. Ctrl-C ends only the following.',
        ),
    },
    stop: {
      type: 'string',
      value: 'RUN',
      summary: () => l10n.t('Stop a run, whichever window or terminal started it.'),
    },
    json: JSON_OPTION,
  },
  run: (given, io) => withReportedErrors(() => runRuns(given, io), io),
};

const ACTIONS = [
  'show',
  'compare',
  'rename',
  'note',
  'export',
  'delete',
  'restore',
  'follow',
  'stop',
] as const;

async function runRuns(given: ParsedArguments, io: Io): Promise<number> {
  const { paths, values } = given;
  const runs = await loadRuns();
  const workspaces = [...new Set(paths.map(each => workspaceForRuns(each, io)))];
  const actions = ACTIONS.filter(action => values.has(action));
  const [action] = actions;
  if (actions.length > 1)
    throw usageError(
      l10n.t('Use only one of these options: {0}.', actions.map(each => `--${each}`).join(', ')),
    );
  const asked = action === undefined ? '' : (values.get(action) ?? '');
  const find = (name: string): Promise<RunSummary> => runs.findRun(workspaces, name, io.cwd);
  const to = values.get('to');
  switch (action) {
    case undefined: {
      const lists = await Promise.all(workspaces.map(workspace => runs.listRuns(workspace)));
      return printList(lists, given, io);
    }
    case 'follow':
      return followToEnd(await find(asked), io, async run => printRuns([await find(run.id)], given, io));
    case 'stop':
      return stopAndSay(await find(asked), io);
    case 'show':
      return printRuns([await find(asked)], given, io);
    case 'compare':
      return printRuns(await Promise.all(asked.split(',').map(each => find(each.trim()))), given, io);
    case 'rename':
    case 'note': {
      if (to === undefined) throw usageError(l10n.t('--{0} requires --to.', action));
      const { folder, id } = await find(asked);
      await (action === 'rename' ? runs.renameRun(folder, to) : runs.noteRun(folder, to));
      io.stderr.line(`${id}: ${visibleLine(to)}`);
      return DONE;
    }
    case 'export': {
      const run = await find(asked);
      const format = runs.EXPORT_FORMATS.find(each => each === values.get('format')) ?? 'csv';
      const name = format === 'csv' ? `${run.id}.csv` : `${run.id}-tensorboard`;
      const target = path.resolve(io.cwd, to ?? name);
      const written = await runs.exportRun(await runs.readRun(run.folder), format, target);
      io.stderr.line(l10n.t('Exported to {0} (files: {1})', displayPath(target, io), written.length));
      return DONE;
    }
    case 'delete': {
      const deleted = await runs.deleteRun((await find(asked)).folder);
      io.stderr.line(
        l10n.t('Deleted. To restore: {0}', `strategy-advisor runs . --restore ${displayPath(deleted, io)}`),
      );
      return DONE;
    }
    default: {
      const restored = await runs.restoreRun(path.resolve(io.cwd, asked));
      io.stderr.line(displayPath(restored, io));
      return DONE;
    }
  }
}

function outputOf(run: RunSummary): RunsOutput['runs'][number] {
  const { id, kind, task, state, started, name, notes, folder, report, queue } = run;
  const { outcome, recommendation } = report?.verdict ?? {};
  return {
    id,
    kind,
    task,
    state,
    started,
    ...(outcome === undefined ? {} : { outcome }),
    ...(recommendation === undefined ? {} : { verdict: recommendation }),
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    folder,
    ...(queue ? { queue } : {}),
  };
}

function printList(lists: readonly RunList[], { switches }: ParsedArguments, io: Io): number {
  const runs = lists.flatMap(list => list.runs);
  const broken = lists.flatMap(list => list.broken);
  if (switches.has('json')) {
    const output: RunsOutput = { version: 1, runs: runs.map(outputOf) };
    io.stdout.json(output);
  } else if (runs.length > 0) {
    const { colors, width } = styleOf(io.stdout, io.env);
    const header = [l10n.t('RUN'), l10n.t('TASK'), l10n.t('STATE'), l10n.t('VERDICT'), l10n.t('NAME')];
    const rows = runs.map(({ id, task, state, report, name }) => [
      id,
      task,
      state,
      report?.verdict ? shortVerdict(report.verdict) : '',
      visibleLine(name ?? ''),
    ]);
    const widths = columnWidths([header, ...rows], width);
    for (const line of [
      ...rowLines(header, widths, cell => colors.dim(cell)),
      ...rows.flatMap(row => rowLines(row, widths)),
    ])
      io.stdout.line(line);
  } else io.stderr.line(l10n.t('No runs yet. Start one with `strategy-advisor pilot`.'));
  for (const { folder, message } of broken) io.stderr.line(`${displayPath(folder, io)}: ${message}`);
  return DONE;
}

async function printRuns(
  runs: readonly RunSummary[],
  { switches }: ParsedArguments,
  io: Io,
): Promise<number> {
  const { assertReportWhole } = await loadRuns();
  // One that is there and was not read is damaged or newer, which is not to have none.
  for (const { report, folder } of runs) if (!report) await assertReportWhole(folder);
  if (switches.has('json')) {
    const reports = runs.map(({ report }) => report ?? null);
    io.stdout.json(reports.length === 1 ? reports[0] : reports);
    return DONE;
  }
  const style = styleOf(io.stdout, io.env);
  for (const run of runs) {
    const title = run.name === undefined ? run.id : `${visibleLine(run.name)} (${run.id})`;
    const queue = run.queue ? ` · ${queueText(run.queue)}` : '';
    io.stdout.line(`${style.colors.bold(title)} · ${run.state}${queue}`);
    if (run.notes !== undefined) io.stdout.line(run.notes);
    io.stdout.lines([...(run.report ? pilotLines(run.report, style) : [noReport(run.manifest.kind)]), '']);
  }
  const [one, other] = runs;
  if (one?.report && other?.report) io.stdout.lines([verdictText(one.report), verdictText(other.report)]);
  return runs.length > 0 ? DONE : FAILED;
}
