import type { Status } from '../../advisor/advice';
import { statusName } from '../../advisor/text/status';

export { statusName };

interface StatusSign {
  /** A codicon. */
  readonly icon: string;
  /** The variable of the theme that colours the icon. */
  readonly color: string;
  /** For texts in which there are no codicons. */
  readonly character: string;
}

const SIGNS: Readonly<Record<Status, StatusSign>> = {
  met: { icon: 'pass', color: 'testing-iconPassed', character: '✓' },
  unmet: { icon: 'circle-slash', color: 'testing-iconFailed', character: '✗' },
  assumed: { icon: 'info', color: 'editorInfo-foreground', character: '≈' },
  unknown: { icon: 'question', color: 'editorWarning-foreground', character: '?' },
};

/** The codicon of a status and the colour of a theme for it. */
export function statusCodicon(status: Status): { readonly icon: string; readonly color: string } {
  const { icon, color } = SIGNS[status];
  return { icon, color: color.replaceAll('-', '.') };
}

/** A coloured icon and the word, for Markdown with icons and HTML: nobody has to tell colours apart. */
export function statusIcon(status: Status): string {
  const { icon, color } = SIGNS[status];
  return `<span style="color:var(--vscode-${color});">$(${icon})</span> ${statusName(status)}`;
}

/** A character and the word, for plain Markdown. */
export function statusCharacter(status: Status): string {
  return `${SIGNS[status].character} ${statusName(status)}`;
}
