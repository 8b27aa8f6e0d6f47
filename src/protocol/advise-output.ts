import type { Advice, EffectiveExamples, Measurement } from '../advisor/advice';
import type { AdviseOptions } from '../advisor/advisor';
import { CITATIONS } from '../advisor/citations';
import { adviceChanges } from '../advisor/sensitivity';
import type { FileLocation, Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { conditionText } from '../messages/condition-text';
import { diagnosticMessage } from '../messages/diagnostic-messages';
import { noteText } from '../messages/note-text';

/** What `advise --json` prints. Lines and columns count from 1. */
export interface AdviseOutput {
  readonly version: 1;
  readonly advice: readonly AdviceOutput[];
  readonly diagnostics: readonly DiagnosticOutput[];
}

export interface AdviceOutput {
  readonly task: string;
  readonly decision: Advice['decision'];
  readonly stage?: string;
  readonly recommendation: Advice['recommendation'];
  readonly acceptable: readonly string[];
  readonly from: readonly string[];
  readonly confidence: Advice['confidence'];
  readonly basis: Advice['basis'];
  readonly effectiveExamples?: EffectiveExamples;
  readonly measured?: Measurement;
  readonly conditions: readonly {
    readonly id: string;
    readonly status: string;
    readonly statement: string;
    readonly evidence: readonly { readonly file: string; readonly line: number }[];
    readonly source: string;
  }[];
  readonly flips: readonly {
    readonly variable: string;
    readonly operator: '>=' | '<=';
    readonly value: number;
    readonly to: string;
  }[];
  readonly notes: readonly string[];
}

export interface DiagnosticOutput {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly code: string;
  readonly message: string;
}

/** Advice and diagnostics in the shape that programs read, texts in the display language. */
export function adviseOutput(
  problem: Problem,
  advice: readonly Advice[],
  diagnostics: readonly FileDiagnostic[],
  options: AdviseOptions = {},
): AdviseOutput {
  return {
    version: 1,
    advice: advice.map(each => adviceOutput(problem, each, options)),
    diagnostics: diagnostics.map(diagnosticOutput),
  };
}

function adviceOutput(problem: Problem, advice: Advice, options: AdviseOptions): AdviceOutput {
  const { task, decision, stage, recommendation, acceptable, from, confidence, basis, effectiveExamples } =
    advice;
  return {
    task,
    decision,
    ...(stage === undefined ? {} : { stage }),
    recommendation,
    acceptable,
    from,
    confidence,
    basis,
    ...(effectiveExamples ? { effectiveExamples } : {}),
    ...(advice.measured ? { measured: advice.measured } : {}),
    conditions: advice.conditions.map(condition => ({
      id: `${condition.strategy}/${condition.id}`,
      status: condition.status,
      statement: conditionText(condition),
      evidence: condition.evidence.map(evidenceOutput),
      source: CITATIONS[condition.source].citation,
    })),
    flips: adviceChanges(problem, advice, options).map(({ variable, operator, value, to }) => ({
      variable,
      operator,
      value,
      to,
    })),
    notes: advice.notes.map(noteText),
  };
}

function evidenceOutput({ file, range }: FileLocation): { file: string; line: number } {
  return { file, line: range.start.line + 1 };
}

/** A diagnostic that ends on a later line ends, for programs, at the end of its own. */
export function diagnosticOutput(diagnostic: FileDiagnostic): DiagnosticOutput {
  const { file, range, severity, code } = diagnostic;
  const column = range.start.column + 1;
  const endColumn = range.end.line === range.start.line ? range.end.column + 1 : column + 1;
  return {
    file,
    line: range.start.line + 1,
    column,
    endColumn,
    severity,
    code,
    message: diagnosticMessage(diagnostic),
  };
}
