import * as vscode from 'vscode';
import type { Diagnostic, Severity } from '../../../language/annotation-diagnostics';
import { diagnosticMessage } from '../../../messages/diagnostic-messages';
import { inertText } from '../../../messages/inert-text';
import type { ProjectFile, ProjectFileDiagnostic } from '../../../workspace/project-settings';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Project } from '../../project/project';
import { toUri } from '../../project/vscode-file-system';
import { toRange } from '../../vscode-conversions';

export const DIAGNOSTIC_SOURCE = 'Strategy Advisor';

/** Nothing in a comment keeps a program from running, so nothing here is more than a warning. */
const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Warning,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Broken annotations, at their own characters. */
export const diagnostics: Feature = {
  register({ problems, settings }) {
    const held = disposables();
    const collection = held.add(vscode.languages.createDiagnosticCollection('strategy-advisor'));
    const published = new Map<string, ReadonlySet<string>>();
    const isOn = (scope: Project): boolean => settings.get('diagnostics.enabled', scope.resource);
    const publish = (scope: Project): void => {
      const shown = new Set<string>();
      for (const file of isOn(scope) ? scope.resolution().files : []) {
        const found = scope.resolution().diagnosticsIn(file);
        if (found.length === 0) continue;
        shown.add(file.uri);
        collection.set(vscode.Uri.parse(file.uri), found.map(toDiagnostic));
      }
      for (const { uri, diagnostics } of isOn(scope) ? projectFilesOf(scope) : []) {
        if (diagnostics.length === 0) continue;
        const file = toUri(uri);
        shown.add(file.toString());
        collection.set(file, diagnostics.map(toProjectFileDiagnostic));
      }
      for (const uri of published.get(scope.key) ?? [])
        if (!shown.has(uri)) collection.delete(vscode.Uri.parse(uri));
      published.set(scope.key, shown);
    };
    held.add(problems.onDidSettle(publish));
    held.add(
      problems.onDidEdit(({ scope, edit }) => {
        if (!isOn(scope)) return;
        const { uri } = edit.open.document;
        const file = scope.resolution().fileAt(uri.toString());
        const found = file && (scope.isReady() ? scope.resolution().diagnosticsIn(file) : file.diagnostics);
        collection.set(uri, found?.map(toDiagnostic));
        published.set(scope.key, new Set([...(published.get(scope.key) ?? []), uri.toString()]));
      }),
    );
    held.add(
      problems.onDidEnd(({ key }) => {
        for (const uri of published.get(key) ?? []) collection.delete(vscode.Uri.parse(uri));
        published.delete(key);
      }),
    );
    return held;
  },
};

function projectFilesOf(scope: Project): ReadonlySet<ProjectFile> {
  return new Set(scope.resolution().files.flatMap(({ uri }) => scope.projectFileOf(uri) ?? []));
}

function toProjectFileDiagnostic(diagnostic: ProjectFileDiagnostic): vscode.Diagnostic {
  const { line, column, endColumn, message, severity, code } = diagnostic;
  const range = new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1);
  const shown = new vscode.Diagnostic(range, inertText(message), SEVERITIES[severity]);
  shown.source = DIAGNOSTIC_SOURCE;
  shown.code = code;
  return shown;
}

function toDiagnostic(diagnostic: Diagnostic): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(
    toRange(diagnostic.range),
    inertText(diagnosticMessage(diagnostic)),
    SEVERITIES[diagnostic.severity],
  );
  shown.source = DIAGNOSTIC_SOURCE;
  shown.code = diagnostic.code;
  return shown;
}
