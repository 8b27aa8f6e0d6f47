import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { extension, extensionModule, open } from './extension';

// Runs last: no suite after this one would find the extension at work.
describe('deactivation', () => {
  before(async () => {
    await extension().activate();
    (await extensionModule()).deactivate();
  });

  it('leaves no command', async () => {
    // VS Code itself has commands for each view that a manifest names.
    const ofView =
      /^strategyAdvisor\.overview\.(?:open|focus|resetViewLocation|toggleVisibility|removeView)$/;
    const left = (await vscode.commands.getCommands(true)).filter(
      name => name.startsWith('strategyAdvisor.') && !ofView.test(name),
    );
    assert.deepEqual(left, []);
  });

  it('leaves no diagnostic', async () => {
    const left = (): string[] =>
      vscode.languages
        .getDiagnostics()
        .flatMap(([uri, diagnostics]) =>
          diagnostics.filter(({ source }) => source === 'Strategy Advisor').map(() => uri.toString()),
        );
    await eventually('diagnostics to go', () => left().length === 0);
  });

  it('leaves no hover and no lens', async () => {
    const { document } = await open('digits.py');
    const position = document.positionAt(document.getText().indexOf('cheque-digit'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual({ hovers, lenses }, { hovers: [], lenses: [] });
  });

  const why = process.platform === 'linux' ? '' : ' (skipped: processes are looked up in /proc)';
  it(`leaves no child process${why}`, async function () {
    if (why !== '') this.skip();
    await eventually('child processes to end', () => childrenOf(process.pid).length === 0);
  });
});

/** The command lines of the processes that this extension has started under a process. */
function childrenOf(parent: number): string[] {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return processes.flatMap(id => {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      if (!status.includes(`\nPPid:\t${parent}\n`)) return [];
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return command.includes(path.join(extension().extensionPath, 'dist')) ? [command] : [];
    } catch {
      return []; // It has ended since it was listed.
    }
  });
}
