import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { errorMessage } from '../../common/errors';
import type { RunManifest } from '../../protocol/run-files';
import type { JobSpec } from '../../protocol/job-files';
import { type ReportPageAssets, reportPage } from '../../ui/report/report-page';
import { createRunState } from '../../ui/runs/run-state';
import type { Trial } from '../../ui/runs/trial-points';
import { type Command, DONE, FAILED, type ParsedArguments, usageError } from '../command-line';
import { noReport } from '../../messages/run-messages';
import { chosenLanguage } from '../display-language';
import { loadRuns, withReportedErrors } from '../launch-run';
import { pilotLines } from '../render/pilot-table';
import { type Io, displayPath, styleOf } from '../terminal';
import { workspaceForRuns } from '../workspace-folders';

export const reportCommand: Command = {
  name: 'report',
  operands: 'RUN [--html FILE]',
  argument: 'run',
  summary: () => l10n.t('Show the results of a pilot in the terminal or as an HTML page with charts.'),
  description: () => [
    l10n.t(
      'RUN is the ID or name of a run in the current folder, or the folder of a run. The page works offline, can be printed, and can save each chart as PNG, SVG or CSV.',
    ),
  ],
  options: {
    html: { type: 'string', value: 'FILE', summary: () => l10n.t('Write the HTML page to this file.') },
  },
  run: (given, io) => withReportedErrors(() => runReport(given, io), io),
};

async function runReport({ paths, values }: ParsedArguments, io: Io): Promise<number> {
  const [asked, ...others] = paths;
  if (asked === undefined || others.length > 0) throw usageError(l10n.t('report requires exactly one run.'));
  const { assertReportWhole, findRun } = await loadRuns();
  const { report, manifest, folder } = await findRun([workspaceForRuns('.', io)], asked, io.cwd);
  if (!report) {
    // One that is there and cannot be read is another matter than none.
    await assertReportWhole(folder);
    io.stderr.line(noReport(manifest.kind));
    return FAILED;
  }
  const file = values.get('html');
  if (file === undefined) {
    io.stdout.lines(pilotLines(report, styleOf(io.stdout, io.env)));
    return DONE;
  }
  const { name, notes, started } = manifest;
  const page = reportPage(report, {
    started,
    language: chosenLanguage(),
    assets: await readAssets(),
    trials: await readTrials(folder, manifest),
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
  });
  const place = path.resolve(io.cwd, file);
  try {
    await writeFile(place, page);
  } catch (error) {
    io.stderr.line(l10n.t('Cannot write {0}: {1}', file, errorMessage(error)));
    return FAILED;
  }
  io.stdout.line(l10n.t('Report written to {0}', displayPath(place, io)));
  return DONE;
}

/** How the trials of a run trained, as far as they have come. */
async function readTrials(folder: string, manifest: RunManifest): Promise<readonly Trial[]> {
  const { jobOf, watchRun } = await loadRuns();
  const state = createRunState(manifest);
  const specs = new Map<string, JobSpec | undefined>();
  for (const id of manifest.jobs) specs.set(id, await jobOf(folder, id));
  const once = new AbortController();
  await watchRun(
    folder,
    delta => {
      state.take(delta, id => specs.get(id));
      once.abort();
    },
    once.signal,
  );
  return state.trials();
}

/** What a page looks like and does: built beside this program. */
async function readAssets(): Promise<ReportPageAssets> {
  const read = (file: string): Promise<string> =>
    readFile(path.join(import.meta.dirname, 'webview', file), 'utf8');
  const [style, script] = await Promise.all([read('report.css'), read('report.js')]);
  return { style: style.trim(), script: script.trim() };
}
