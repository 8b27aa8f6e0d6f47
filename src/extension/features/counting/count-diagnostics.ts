import * as vscode from 'vscode';
import type { CountResult, DataIssue } from '../../../data';
import { staleMessage } from '../../../messages/counting-messages';
import { issueText } from '../../../messages/data-check-messages';
import { inertText } from '../../../messages/inert-text';
import { type StaleSize, staleSizes } from '../../../workspace/stale-sizes';
import { toRange } from '../../vscode-conversions';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/diagnostics-publisher';
import type { DatasetCountRequest } from './count-requests';
import { namedInWorkspace } from './names-in-workspace';

/** A diagnostic, and the figure that is wrong where it is about one. */
export interface CountDiagnostic {
  readonly diagnostic: vscode.Diagnostic;
  readonly stale?: StaleSize;
  /** Where data is that the user may allow to be read. */
  readonly outside?: string;
}

/** Of what is wrong with the data itself, so much is shown; the command line has all. */
const MOST_ISSUES = 5;

/** What counting found: figures that are wrong, each at its characters, and what is wrong with the data, at its path. */
export function countDiagnostics(
  { annotation }: DatasetCountRequest,
  result: CountResult,
  tolerance: number,
): CountDiagnostic[] {
  const size = result.counted ?? result.stated[0];
  const stale = size ? staleSizes(annotation, size, tolerance) : [];
  const place = toRange(annotation.fields.path?.range ?? annotation.range);
  const issues = result.issues.filter(({ severity }) => severity !== 'information').slice(0, MOST_ISSUES);
  return [
    ...stale.map(each => ({
      stale: each,
      diagnostic: toDiagnostic(
        toRange(each.range),
        staleMessage(each),
        vscode.DiagnosticSeverity.Warning,
        'stale-size',
      ),
    })),
    ...issues.map(issue => ({
      diagnostic: toDiagnostic(place, inWorkspace(issueText(issue)), severityOf(issue), issue.code),
      ...outsideOf(issue),
    })),
  ];
}

function inWorkspace(text: string): string {
  return namedInWorkspace(
    text,
    vscode.workspace.workspaceFolders?.map(({ uri, name }) => ({ path: uri.fsPath, name })),
  );
}

/** Data that is not on this machine is nothing to repair. */
function severityOf({ code }: DataIssue): vscode.DiagnosticSeverity {
  return code === 'not-found' ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning;
}

function outsideOf({ code, where: [place] = [] }: DataIssue): Pick<CountDiagnostic, 'outside'> {
  return code === 'outside-root' && place !== undefined ? { outside: place } : {};
}

function toDiagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
  code: string,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, inertText(message), severity);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = code;
  return diagnostic;
}
