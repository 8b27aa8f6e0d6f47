import { diagnosticMessage } from '../annotations/messages';
import type { Problem, Reference } from '../annotations/problem';
import type { FileDiagnostic } from '../annotations/resolve';
import type { Advice, EffectiveExamples, Measurement } from './advice';
import type { AdviseOptions } from './advise';
import { flipsOf } from './flips';
import { SOURCES } from './sources';
import { conditionText } from './text/conditions';
import { noteText } from './text/notes';

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
      source: SOURCES[condition.source].citation,
    })),
    flips: flipsOf(problem, advice, options).map(({ variable, operator, value, to }) => ({
      variable,
      operator,
      value,
      to,
    })),
    notes: advice.notes.map(noteText),
  };
}

function evidenceOutput({ file, range }: Reference): { file: string; line: number } {
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
