import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { RunOutcome } from '../../src/extension/features/pilots/run-launcher';
import { cleanUp, folder, scratch, write } from './extension';

/** Enough for a verdict. */
const ROWS = 400;

/** Digits of a number, in words of bits, and whether it is divisible by three: learnable, and quick to learn. */
function table(): string {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const bits = Array.from({ length: 8 }, (__, bit) => (i >> bit) & 1);
    return [...bits, (i >> 3) & 1 ? 'high' : 'low', i % 2 ? 'odd' : 'even'].join(',');
  });
  return `${[0, 1, 2, 3, 4, 5, 6, 7].map(bit => `b${bit}`).join(',')},level,parity\n${rows.join('\n')}\n`;
}

const ANNOTATIONS = [
  `# @dataset numbers task=level,parity input=tabular:8 num_examples=${ROWS} label=level:level,parity:parity path=data/numbers.csv`,
  '# @task level target output=class:2 shares_features_with=parity',
  '',
].join('\n');

/** A lens that says what a pilot came to. */
const MEASURED = /points \[|measured at /;

async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    10,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  for (let i = 0; ; i++) {
    const value = await read();
    if (isDone(value) || i > 300) return value;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function end(): Promise<void> {
  const home = runsHome();
  if (home) await vscode.workspace.fs.delete(vscode.Uri.file(home), { recursive: true });
  await cleanUp();
}

function runsHome(): string | undefined {
  const home = path.join(folder('scratch').uri.fsPath, '.strategy-advisor');
  return existsSync(home) ? home : undefined;
}

/** A run's line in the overview, as its commands are given it. */
function lineOf(run: string): object {
  return { run, scope: folder('scratch').uri.toString(), item: { id: run, kind: 'run', label: run, run } };
}

describe('a pilot from the palette', function () {
  this.timeout(120_000);
  let document: vscode.TextDocument;
  const argument = (): object => ({ scope: folder('scratch').uri.toString(), task: 'level' });

  before(begin);
  after(end);

  it('measures, and turns the lens to what was measured', async () => {
    const ended = await vscode.commands.executeCommand<RunOutcome | undefined>(
      'strategyAdvisor.runPilot',
      argument(),
    );
    assert.equal(ended?.state, 'finished', ended?.message);
    assert.ok(ended.report?.verdict);
    const titles = await until(
      () => lensTitles(document),
      each => each.some(title => MEASURED.test(title)),
    );
    assert.match(titles.join('\n'), MEASURED);
    assert.doesNotMatch(titles.join('\n'), /out of date/);
    const opened = await vscode.commands.executeCommand('strategyAdvisor.openRun', lineOf(ended.folder));
    assert.equal(opened, ended.folder);
    // The window hears of its new tab a moment after the page exists.
    const labels = await until(
      () =>
        Promise.resolve(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label))),
      each => each.includes('Pilot of level'),
    );
    assert.ok(labels.includes('Pilot of level'), labels.join(', '));
  });

  it('trains the winner and leaves its model', async () => {
    const ended = await vscode.commands.executeCommand<RunOutcome | undefined>(
      'strategyAdvisor.trainWinner',
      argument(),
    );
    assert.equal(ended?.state, 'finished', ended?.message);
    assert.ok(ended.model !== undefined && readdirSync(ended.model).includes('model.onnx'), ended.model);
  });

  it('is marked stale when the data changes', async () => {
    await document.save();
    await write('data/numbers.csv', table().replace('low', 'high'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), '# more\n# @task parity\n');
    await vscode.workspace.applyEdit(edit);
    const after = await until(
      () => lensTitles(document),
      each => each.some(title => title.includes('out of date')),
    );
    assert.match(after.join('\n'), /out of date/);
  });

  async function begin(): Promise<void> {
    await write('data/numbers.csv', table());
    ({ document } = await scratch('a.py', ANNOTATIONS));
    await until(
      () => lensTitles(document),
      titles => titles.length > 0,
    );
  }
});

describe('a pilot that is stopped', function () {
  this.timeout(120_000);
  after(end);

  it('keeps what has finished, and goes on when it is resumed', async () => {
    await write('data/numbers.csv', table());
    await scratch('a.py', ANNOTATIONS);
    const argument = { scope: folder('scratch').uri.toString(), task: 'level' };
    const first = Promise.resolve(
      vscode.commands.executeCommand<RunOutcome | undefined>('strategyAdvisor.runPilot', argument),
    );
    const finished = (): string[] => {
      const home = path.join(runsHome() ?? '', 'runs');
      const [run] = existsSync(home) ? readdirSync(home) : [];
      const jobs = run === undefined ? '' : path.join(home, run, 'jobs');
      return existsSync(jobs)
        ? readdirSync(jobs).filter(job => existsSync(path.join(jobs, job, 'result.json')))
        : [];
    };
    await until(
      () => Promise.resolve(finished().length),
      count => count >= 3,
    );
    // The line of a run that has ended stops no other.
    await vscode.commands.executeCommand('strategyAdvisor.stopRun', lineOf('/never/was'));
    assert.equal(await Promise.race([first.then(() => 'ended'), wait(300, 'goes on')]), 'goes on');
    const [name = ''] = readdirSync(path.join(runsHome() ?? '', 'runs'));
    await vscode.commands.executeCommand(
      'strategyAdvisor.stopRun',
      lineOf(path.join(runsHome() ?? '', 'runs', name)),
    );
    const stopped = await first;
    assert.equal(stopped?.state, 'stopped', stopped?.message);
    const kept = finished();
    assert.ok(kept.length >= 3);
    const resumed = await vscode.commands.executeCommand<RunOutcome | undefined>(
      'strategyAdvisor.resumeRun',
      lineOf(stopped.folder),
    );
    assert.equal(resumed?.state, 'finished', resumed?.message);
    assert.ok(resumed.report?.complete);
    assert.ok(kept.every(job => finished().includes(job)));
  });
});
