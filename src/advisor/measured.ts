import type { Advice, Confidence, Decision, PilotResult, Strategy } from './advice';

/** Which decision a strategy belongs to. */
export function decisionOf(strategy: Strategy): Decision {
  return strategy === 'end-to-end' || strategy === 'pipeline' ? 'decomposition' : 'learning';
}

/**
 * The advice once a pilot has measured: its finding replaces the rules', with a note on whether they agree.
 * A pilot that was cut short, or whose data has changed since, is believed no more than half.
 */
export function applyPilot(advice: Advice, pilots: readonly PilotResult[]): Advice {
  const pilot = pilots.find(
    ({ task, stage, recommendation }) =>
      task === advice.task && stage === advice.stage && decisionOf(recommendation) === advice.decision,
  );
  if (!pilot) return advice;
  const agrees = pilot.acceptable.includes(advice.recommendation);
  return {
    ...advice,
    recommendation: pilot.recommendation,
    acceptable: [
      pilot.recommendation,
      ...pilot.acceptable.filter(strategy => strategy !== pilot.recommendation),
    ],
    from: pilot.from,
    confidence: confidenceOf(pilot),
    basis: 'measured',
    ...(pilot.effectiveExamples ? { effectiveExamples: pilot.effectiveExamples } : {}),
    ...(pilot.measured ? { measured: pilot.measured } : {}),
    notes: [
      ...(pilot.measured?.stale === true ? [{ id: 'measured-stale', facts: [] } as const] : []),
      { id: agrees ? 'rules-agree' : 'rules-disagree', facts: [advice.recommendation, pilot.n] },
      ...advice.notes,
    ],
  };
}

function confidenceOf({ complete, acceptable, measured }: PilotResult): Confidence {
  if (!complete || measured?.stale === true) return 'low';
  return acceptable.length > 1 ? 'medium' : 'high';
}
