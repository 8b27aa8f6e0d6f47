import type { Advice, Verdict } from '../advisor/advice';
import type { AdviseOptions } from '../advisor/advisor';
import { CITATIONS } from '../advisor/citations';
import { adviceChanges } from '../advisor/sensitivity';
import type { FileLocation, Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { conditionText } from '../messages/condition-text';
import { diagnosticMessage } from '../messages/diagnostic-messages';
import { noteText } from '../messages/note-text';
import type { AdviceOutput, AdviseOutput, DiagnosticOutput } from './advise-schema';

/** What published results add to the advice, looked up by those who have them. */
export interface PublishedOutput {
  readonly evidenceOn: (outlook: Verdict) => Pick<AdviceOutput, 'gain' | 'similar'>;
  /** The results that advice names, each once. */
  readonly named: (advice: readonly Advice[]) => Required<Pick<AdviseOutput, 'results'>>;
}

export interface OutputOptions extends AdviseOptions {
  readonly published?: PublishedOutput;
}

/** Advice and diagnostics in the shape that programs read, texts in the display language. */
export function adviseOutput(
  problem: Problem,
  advice: readonly Advice[],
  diagnostics: readonly FileDiagnostic[],
  options: OutputOptions = {},
): AdviseOutput {
  return {
    version: 2,
    advice: advice.map(each => adviceOutput(problem, each, options)),
    ...options.published?.named(advice),
    diagnostics: diagnostics.map(diagnosticOutput),
  };
}

function adviceOutput(problem: Problem, advice: Advice, options: OutputOptions): AdviceOutput {
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
    ...(advice.outlook ? { outlook: outlookOutput(advice.outlook) } : {}),
    ...(advice.outlook && options.published?.evidenceOn(advice.outlook)),
    ...(advice.publicSource ? { publicSource: advice.publicSource.knownAs } : {}),
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

function outlookOutput({ challenger, chances, probability }: Verdict): NonNullable<AdviceOutput['outlook']> {
  return {
    challenger,
    against: challenger === 'end-to-end' ? 'pipeline' : 'single-task',
    wins: rounded(chances.wins),
    ties: rounded(chances.ties),
    loses: rounded(chances.loses),
    probability: rounded(probability),
  };
}

/** Odds of cases are not known to more than this. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function evidenceOutput({ file, range }: FileLocation): { file: string; line: number } {
  return { file, line: range.start.line + 1 };
}

/** A diagnostic that ends on a later line ends, for programs, at the end of its own. */
export function diagnosticOutput(diagnostic: FileDiagnostic): DiagnosticOutput {
  const { severity, code } = diagnostic;
  return diagnosticAt(diagnostic, { severity, code, message: diagnosticMessage(diagnostic) });
}

/** What was found somewhere, in the same shape. */
export function diagnosticAt(
  { file, range }: FileLocation,
  { severity, code, message }: Pick<DiagnosticOutput, 'severity' | 'code' | 'message'>,
): DiagnosticOutput {
  const column = range.start.column + 1;
  const endColumn = range.end.line === range.start.line ? range.end.column + 1 : column + 1;
  return { file, line: range.start.line + 1, column, endColumn, severity, code, message };
}
