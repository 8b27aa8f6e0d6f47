import type { DiagnosticOutput } from '../../protocol/advise-schema';
import { isFinding } from '../../protocol/check-output';
import { PROGRAM } from '../command-help';

/**
 * Findings as a JUnit report: a suite for each file, a failed test for each error and warning, one that passes where a file
 * has none. Source: the schema of Jenkins' xUnit plugin (junit-10.xsd).
 */
export function junitReport(files: readonly string[], diagnostics: readonly DiagnosticOutput[]): string[] {
  const named = [...new Set([...files, ...diagnostics.map(({ file }) => file)])].sort();
  const failures = diagnostics.filter(isFinding).length;
  const suites = named.map(file =>
    suite(
      file,
      diagnostics.filter(each => each.file === file),
    ),
  );
  const tests = suites.reduce((sum, { tests: own }) => sum + own, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${PROGRAM}" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
  ];
}

function suite(file: string, diagnostics: readonly DiagnosticOutput[]): { tests: number; lines: string[] } {
  const found = diagnostics.filter(isFinding);
  const tests = Math.max(1, found.length);
  const cases =
    found.length === 0
      ? [`    <testcase classname="${escaped(file)}" name="annotations"/>`]
      : found.flatMap(({ line, column, severity, code, message }) => [
          `    <testcase classname="${escaped(file)}" name="${escaped(`${code} at ${line}:${column}`)}">`,
          `      <failure type="${severity}" message="${escaped(message)}">${escaped(`${file}:${line}:${column}: ${message}`)}</failure>`,
          '    </testcase>',
        ]);
  return {
    tests,
    lines: [
      `  <testsuite name="${escaped(file)}" tests="${tests}" failures="${found.length}" errors="0">`,
      ...cases,
      '  </testsuite>',
    ],
  };
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);

/** XML 1.0 has no other control characters, not even escaped, and no half of a character. */
function escaped(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/[&<>"\n\t]/g, character => ENTITIES.get(character) ?? '')
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, '\ufffd');
}
