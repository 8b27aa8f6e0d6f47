import type { DiagnosticOutput } from '../../protocol/advise-schema';
import { PROGRAM } from '../command-help';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Findings as SARIF 2.1.0 (OASIS), which code scanning reads: one run, a rule for each code. */
export function sarifLog(diagnostics: readonly DiagnosticOutput[], version: string): object {
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: PROGRAM, version, rules: rules.map(id => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(({ file, line, column, endColumn, severity, code, message }) => ({
          ruleId: code,
          ruleIndex: rules.indexOf(code),
          level: severity === 'error' || severity === 'warning' ? severity : 'note',
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriReference(file) },
                region: { startLine: line, startColumn: column, endColumn: Math.max(column, endColumn) },
              },
            },
          ],
        })),
      },
    ],
  };
}

/** A path relative to the current folder as a reference, whatever characters it has. */
function uriReference(file: string): string {
  return file.split(/[/\\]/).map(encodeURIComponent).join('/');
}
