import { shortened, visibleText } from '../common/visible-text';

/** Longer messages are cut in their middle: what they repeat of a file may have any length. */
const MOST_SHOWN = 1000;

/**
 * A text that VS Code shows as it is. In notifications, progress and input boxes it makes a link of `[label](address)`,
 * which may run a command; in lists, lenses and the status bar it makes an icon of `$(name)`. A space keeps both apart,
 * and characters that hide or reorder text are written out.
 */
export function inertText(text: string): string {
  return wholeInertText(shortened(visibleText(text), MOST_SHOWN));
}

/** The same, whole however long it is: what is asked about must not hide in what is cut. */
export function wholeInertText(text: string): string {
  return visibleText(text)
    .replace(/\](?=\()/g, '] ')
    .replace(/\$(?=\()/g, '$ ');
}
