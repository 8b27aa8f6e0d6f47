import * as vscode from 'vscode';
import {
  type BadValue,
  SECTION,
  type SettingName,
  type Settings,
  readSetting,
} from '../../protocol/settings';
import { type Disposable, disposables } from '../disposables';

/** The user's settings, checked. */
export interface SettingsReader extends Disposable {
  /** A setting as it counts for a file or folder: the default, and one warning, where its value is bad. */
  readonly get: <N extends SettingName>(name: N, resource: vscode.Uri) => Settings[N];
  /** Told when any setting of this extension has changed. */
  readonly onDidChange: vscode.Event<void>;
}

export function createSettings(): SettingsReader {
  const held = disposables();
  const changed = held.add(new vscode.EventEmitter<void>());
  const warned = new Set<string>();
  held.add(
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(SECTION)) changed.fire();
    }),
  );
  return {
    get(name, resource) {
      const value = vscode.workspace.getConfiguration(SECTION, resource).get<unknown>(name);
      const reading = readSetting(name, value);
      for (const bad of reading.bad) warnOnce(bad, warned);
      return reading.value;
    },
    onDidChange: changed.event,
    dispose: held.dispose,
  };
}

function warnOnce(bad: BadValue, warned: Set<string>): void {
  const key = `${bad.setting} ${JSON.stringify(bad.value)}`;
  if (warned.has(key)) return;
  warned.add(key);
  const open = vscode.l10n.t('Open Settings');
  void vscode.window.showWarningMessage(warning(bad), open).then(async chosen => {
    if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', bad.setting);
  });
}

function warning({ setting, value, expected }: BadValue): string {
  const given = JSON.stringify(value);
  switch (expected) {
    case 'boolean':
      return vscode.l10n.t('{0} is {1}, neither true nor false; the default counts.', setting, given);
    case 'positive number':
      return vscode.l10n.t('{0} is {1}, not a number above 0; the default counts.', setting, given);
    case 'object':
      return vscode.l10n.t('{0} is {1}, not an object of numbers; the defaults count.', setting, given);
    case 'executor':
      return vscode.l10n.t('{0} is {1}, neither "local" nor "slurm"; local counts.', setting, given);
    case 'text':
      return vscode.l10n.t('{0} is {1}, not a text; the default counts.', setting, given);
    case 'threshold':
      return vscode.l10n.t('{0} is no threshold; it is ignored.', setting);
  }
}
