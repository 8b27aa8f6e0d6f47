import * as l10n from '@vscode/l10n';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import type { Colors } from './printer';
import { type Io, styleOf } from './terminal';

type Severity = DiagnosticOutput['severity'];

/** What is wrong and where, as `file:line:column: severity: message (code)`, on standard error. */
export function printDiagnostics(diagnostics: readonly DiagnosticOutput[], io: Io): void {
  const { colors } = styleOf(io.stderr, io.env);
  for (const diagnostic of diagnostics) io.stderr.line(diagnosticLine(diagnostic, colors));
}

/** One line, as compilers write it, so that editors and terminals make a link of it. */
export function diagnosticLine(diagnostic: DiagnosticOutput, colors: Colors): string {
  const { file, line, column, severity, message, code } = diagnostic;
  const place = colors.bold(`${file}:${line}:${column}:`);
  return `${place} ${colorOf(severity, colors)(`${severityName(severity)}:`)} ${message} ${colors.dim(`(${code})`)}`;
}

export function isError({ severity }: Pick<DiagnosticOutput, 'severity'>): boolean {
  return severity === 'error';
}

function severityName(severity: Severity): string {
  switch (severity) {
    case 'error':
      return l10n.t('error');
    case 'warning':
      return l10n.t('warning');
    case 'information':
      return l10n.t('information');
    case 'hint':
      return l10n.t('hint');
  }
}

function colorOf(severity: Severity, colors: Colors): Colors['red'] {
  if (severity === 'error') return colors.red;
  return severity === 'warning' ? colors.yellow : colors.cyan;
}
