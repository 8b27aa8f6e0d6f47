import * as v from 'valibot';
import type { Advice, Verdict } from '../advisor/advice';
import type { AdviseOptions } from '../advisor/advisor';
import { CITATIONS } from '../advisor/citations';
import { adviceChanges } from '../advisor/sensitivity';
import type { Infer } from '../common/validation';
import type { FileLocation, Problem } from '../language/learning-problem';
import type { FileDiagnostic } from '../language/annotation-diagnostics';
import { conditionText } from '../messages/condition-text';
import { diagnosticMessage } from '../messages/diagnostic-messages';
import { noteText } from '../messages/note-text';
import { code, figure, filled, line, strategy, text, unit } from './schema-helpers';

export const stage = v.pipe(
  text,
  v.regex(/->/),
  v.description('A learned stage of the pipeline: audio->phonemes.'),
);

export const decision = v.picklist(['decomposition', 'learning']);
export const status = v.picklist(['met', 'unmet', 'assumed', 'unknown']);
export const confidence = v.pipe(
  v.nullable(v.picklist(['high', 'medium', 'low'])),
  v.description(
    'How often such advice is right: high from 0.8, medium from 0.6; null with nothing to compare.',
  ),
);
export const sourceTasks = v.pipe(v.array(text), v.description('Source tasks.'));
export const acceptableStrategies = v.pipe(
  v.array(strategy),
  v.minLength(1),
  v.description('Includes the recommendation; more than one means either.'),
);

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const interval = { value: figure, low: figure, high: figure };

export const condition = v.object({
  id: filled,
  status,
  statement: filled,
  evidence: v.array(v.object({ file: text, line })),
  source: filled,
});

export const adviceChange = v.object({
  variable: filled,
  operator: v.picklist(['>=', '<=']),
  value: v.pipe(v.number(), v.minValue(0)),
  to: strategy,
});

export const advice = v.object({
  task: filled,
  decision,
  stage: v.exactOptional(stage),
  recommendation: strategy,
  acceptable: acceptableStrategies,
  from: sourceTasks,
  confidence,
  basis: v.picklist(['rules', 'measured']),
  outlook: v.exactOptional(
    v.pipe(
      v.object({
        challenger: strategy,
        against: strategy,
        wins: share,
        ties: share,
        loses: share,
        probability: share,
      }),
      v.description(
        'What published results say: how often the challenger wins, ties and loses, 0 to 1, and how likely the outcome that the advice rests on is.',
      ),
    ),
  ),
  publicSource: v.exactOptional(
    v.pipe(filled, v.description('A public data set to start from, where no source is annotated.')),
  ),
  effectiveExamples: v.exactOptional(v.object({ ...interval, unit })),
  measured: v.exactOptional(
    v.pipe(
      v.object({
        metric: text,
        higherIsBetter: v.boolean(),
        difference: v.exactOptional(v.object(interval)),
        n: v.number(),
        breakEven: v.exactOptional(figure),
        stale: v.boolean(),
        run: text,
      }),
      v.description(
        'What a pilot measured of the recommendation, against single-task training; present where the basis is measured.',
      ),
    ),
  ),
  conditions: v.array(condition),
  flips: v.array(adviceChange),
  notes: v.array(filled),
});

export const diagnostic = v.object({
  file: text,
  line,
  column: line,
  endColumn: line,
  severity: v.picklist(['error', 'warning', 'information', 'hint']),
  code,
  message: filled,
});

/** What `advise --json` prints. Lines and columns count from 1. */
export const adviseReport = v.object({
  /** 2 from the release on that may state no confidence; runs of earlier ones hold 1. */
  version: v.picklist([1, 2]),
  advice: v.array(advice),
  diagnostics: v.array(diagnostic),
});

export type AdviceOutput = Infer<typeof advice>;
export type DiagnosticOutput = Infer<typeof diagnostic>;
export type AdviseOutput = Infer<typeof adviseReport>;

/** Advice and diagnostics in the shape that programs read, texts in the display language. */
export function adviseOutput(
  problem: Problem,
  advice: readonly Advice[],
  diagnostics: readonly FileDiagnostic[],
  options: AdviseOptions = {},
): AdviseOutput {
  return {
    version: 2,
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
    ...(advice.outlook ? { outlook: outlookOutput(advice.outlook) } : {}),
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
