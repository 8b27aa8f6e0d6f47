// What `advise --json` and agents are given, as a schema: apart from what fills it, which the web host loads too.
import * as v from 'valibot';
import type { Infer } from '../common/validation';
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
  gain: v.exactOptional(
    v.pipe(
      v.object({
        low: figure,
        high: figure,
        unit: v.picklist(['points', 'percent']),
        results: v.number(),
        papers: v.number(),
      }),
      v.description(
        'What the challenger of the outlook gains in 8 of 10 such cases, in points or in per cent of the error, by the most similar published results.',
      ),
    ),
  ),
  similar: v.exactOptional(
    v.pipe(v.array(filled), v.description('The ids of the most similar published results.')),
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

export const publishedResult = v.object({
  id: filled,
  citation: filled,
  url: text,
  metric: filled,
  challenger: strategy,
  against: strategy,
  scores: v.pipe(
    v.object({ challenger: v.number(), against: v.number() }),
    v.description("In the metric's own unit."),
  ),
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
  results: v.exactOptional(
    v.pipe(
      v.array(publishedResult),
      v.description('The published results that the advice names, each once.'),
    ),
  ),
  diagnostics: v.array(diagnostic),
});

export type AdviceOutput = Infer<typeof advice>;
export type PublishedResultOutput = Infer<typeof publishedResult>;
export type DiagnosticOutput = Infer<typeof diagnostic>;
export type AdviseOutput = Infer<typeof adviseReport>;
