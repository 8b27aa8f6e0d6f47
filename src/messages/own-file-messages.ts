import * as l10n from '@vscode/l10n';

/** @param file one of our own files or folders */
export function linkInTheWay(file: string): string {
  return l10n.t(
    '{0} is a symbolic link, which is not followed here. Replace it by the file or folder itself, or delete it.',
    file,
  );
}
