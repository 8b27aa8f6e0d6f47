import * as l10n from '@vscode/l10n';
import { shellWord } from '../common/shell-word';

// Data that is not read although it is there, or may be. No message ends with a full stop: others quote it.

/** A place outside of what may be read. */
export interface OutsidePlace {
  /** As it was looked for. */
  readonly file: string;
  /** Where that leads, its symbolic links followed. */
  readonly place: string;
  /** What the user allows, so that it can be read. */
  readonly allow: string;
}

export function dataOutside({ file, place, allow }: OutsidePlace): string {
  const option = `--allow-outside ${shellWord(allow)}`;
  if (file === place)
    return l10n.t(
      '{0} is outside the workspace and is not read. To allow it, add {1} in a terminal, or run "Allow Folder Outside the Workspace" in VS Code',
      file,
      option,
    );
  return l10n.t(
    '{0} leads to {1}, outside the workspace, and is not read. To allow it, add {2} in a terminal, or run "Allow Folder Outside the Workspace" in VS Code',
    file,
    place,
    option,
  );
}

export function kernelFolder(file: string): string {
  return l10n.t('{0} belongs to the operating system and is never read; choose a folder with data', file);
}
