/**
 * The figures that conditions turn on. "Ample" is the size of the target's own training data from which transfer and
 * single-task training were measured to be within a margin of each other. What each counts, and how it follows from its
 * source, is in `scripts/lib/docs/threshold-reasons.ts`, for the page docs/advice.md.
 */
export const THRESHOLDS = {
  ampleImages: 130_000,
  ampleInstances: 50_000,
  instancesWhenUnstated: 4,
  ampleTexts: 100_000,
  ampleSentencePairs: 10_000_000,
  ampleSpeechHours: 300,
  ampleAudioClips: 100_000,
  ampleVideoClips: 240_000,
  ampleRows: 10_000,
  ampleExamples: 100_000,
  referenceParams: 25_000_000,
  referenceTextParams: 110_000_000,
  referenceTabularParams: 100_000,
  smallestCapacity: 0.02,
  dominance: 10,
  dominantShare: 0.8,
  multitaskLeastRatio: 0.5,
  paramsPerTask: 100_000,
  tabularParamsPerTask: 1_000,
  samplingRatio: 10,
  headOnly: 1_000,
  fineTuneAll: 20_000,
  headOnlyHours: 1,
  fineTuneAllHours: 100,
  endToEndSpeechHours: 10_000,
  endToEndTranslationWords: 15_000_000,
  endToEndDrivingHours: 72,
  endToEndSimple: 10_000,
  endToEndComplex: 1_000_000,
  endToEndPerClass: 1_000,
  stageMayHaveLess: 0.1,
} as const;

export type ThresholdName = keyof typeof THRESHOLDS;
