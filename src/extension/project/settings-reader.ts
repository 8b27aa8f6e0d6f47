import * as vscode from 'vscode';
import {
  type BadValue,
  SECTION,
  type SettingName,
  type Settings,
  readSetting,
} from '../../protocol/settings';
import { type Disposable, disposables } from '../disposables';
import { showWarningMessage } from '../user-interface';

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
  void showWarningMessage(warning(bad), open).then(async chosen => {
    if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', bad.setting);
  });
}

function warning({ setting, value, expected }: BadValue): string {
  const given = JSON.stringify(value);
  switch (expected) {
    case 'boolean':
      return vscode.l10n.t('{0} is {1}, but must be true or false. Using the default.', setting, given);
    case 'positive number':
      return vscode.l10n.t(
        '{0} is {1}, but must be a number greater than 0. Using the default.',
        setting,
        given,
      );
    case 'executor':
      return vscode.l10n.t('{0} is {1}, but must be "local" or "slurm". Using "local".', setting, given);
    case 'text':
      return vscode.l10n.t('{0} is {1}, but must be a string. Using the default.', setting, given);
  }
}
