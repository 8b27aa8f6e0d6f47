import type { DiagnosticOutput } from '../../protocol/advise-schema';
import { PROGRAM } from '../command-help';

/**
 * Findings as workflow commands, which GitHub shows at their lines of a pull request.
 * Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
export function githubAnnotations(diagnostics: readonly DiagnosticOutput[]): string[] {
  return diagnostics.map(({ file, line, column, endColumn, severity, code, message }) => {
    const level = severity === 'error' || severity === 'warning' ? severity : 'notice';
    const properties = Object.entries({
      file: file.replaceAll('\\', '/'),
      line,
      // What is past the line is no column to GitHub.
      ...(endColumn > column ? { col: column, endColumn } : { col: column }),
      title: `${PROGRAM} (${code})`,
    }).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
    return `::${level} ${properties.join(',')}::${escaped(message)}`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
