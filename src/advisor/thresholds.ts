import type { CitationId } from './citations';

interface Threshold {
  readonly value: number;
  readonly source: CitationId;
}

/**
 * Every figure that the advice turns on. "Ample" is the size of the target's own training data from
 * which transfer and single-task training were measured to be within a margin of each other. What each counts, and how
 * it follows from its source, is in `scripts/lib/docs/threshold-reasons.ts`, for the page docs/advice.md.
 */
export const THRESHOLDS = {
  ampleImages: {
    value: 130_000,
    source: 'raghu2019',
  },
  ampleInstances: {
    value: 50_000,
    source: 'he2018',
  },
  instancesWhenUnstated: {
    value: 4,
    source: 'he2018',
  },
  ampleTexts: {
    value: 100_000,
    source: 'liu2019',
  },
  ampleSentencePairs: {
    value: 10_000_000,
    source: 'liu2020',
  },
  ampleSpeechHours: {
    value: 300,
    source: 'baevski2020',
  },
  ampleAudioClips: {
    value: 100_000,
    source: 'warden2018',
  },
  ampleVideoClips: {
    value: 240_000,
    source: 'carreira2017',
  },
  ampleRows: {
    value: 10_000,
    source: 'grinsztajn2022',
  },
  ampleExamples: {
    value: 100_000,
    source: 'choice',
  },
  plentiful: {
    value: 10,
    source: 'he2018',
  },
  beyondQuestion: {
    value: 100,
    source: 'choice',
  },
  smallNetwork: {
    value: 0.5,
    source: 'raghu2019',
  },
  smallNetworkAmple: {
    value: 0.1,
    source: 'raghu2019',
  },
  referenceParams: {
    value: 25_000_000,
    source: 'he2018',
  },
  referenceTextParams: {
    value: 110_000_000,
    source: 'liu2019',
  },
  referenceTabularParams: {
    value: 100_000,
    source: 'choice',
  },
  smallestCapacity: {
    value: 0.02,
    source: 'choice',
  },
  transferRatio: {
    value: 2,
    source: 'choice',
  },
  dominance: {
    value: 10,
    source: 'ng2018',
  },
  dominantShare: {
    value: 0.8,
    source: 'choice',
  },
  multitaskRatio: {
    value: 2,
    source: 'kendall2018',
  },
  multitaskLeastRatio: {
    value: 0.5,
    source: 'choice',
  },
  paramsPerTask: {
    value: 100_000,
    source: 'choice',
  },
  tabularParamsPerTask: {
    value: 1_000,
    source: 'choice',
  },
  samplingRatio: {
    value: 10,
    source: 'raffel2020',
  },
  headOnly: {
    value: 1_000,
    source: 'kumar2022',
  },
  fineTuneAll: {
    value: 20_000,
    source: 'kolesnikov2020',
  },
  headOnlyHours: {
    value: 1,
    source: 'baevski2020',
  },
  fineTuneAllHours: { value: 100, source: 'baevski2020' },
  endToEndSpeechHours: {
    value: 10_000,
    source: 'ng2018',
  },
  endToEndTranslationWords: {
    value: 15_000_000,
    source: 'koehn2017',
  },
  endToEndDrivingHours: {
    value: 72,
    source: 'bojarski2016',
  },
  endToEndSimple: {
    value: 10_000,
    source: 'halabi2019',
  },
  endToEndComplex: {
    value: 1_000_000,
    source: 'taigman2014',
  },
  endToEndPerClass: {
    value: 1_000,
    source: 'he2018',
  },
  stageAbundance: {
    value: 10,
    source: 'ng2018',
  },
  endToEndClear: {
    value: 3,
    source: 'chiu2018',
  },
  stageMayHaveLess: {
    value: 0.1,
    source: 'choice',
  },
} as const satisfies Record<string, Threshold>;

export type ThresholdName = keyof typeof THRESHOLDS;
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** Whose thresholds count. */
export interface ThresholdOptions {
  readonly thresholds?: Partial<Thresholds>;
  /** What the projects of annotated files set, by the files' names: for their tasks in place of `thresholds`. */
  readonly thresholdsByFile?: Readonly<Record<string, Partial<Thresholds>>>;
}

/** The thresholds for a target: those of the project that its annotation belongs to, else the user's own. */
export function thresholdsFor(
  { reference }: { readonly reference: { readonly file: string } },
  { thresholds: own, thresholdsByFile = {} }: ThresholdOptions,
): Thresholds {
  // eslint-disable-next-line local/own-lookup -- asked for before
  return thresholds(Object.hasOwn(thresholdsByFile, reference.file) ? thresholdsByFile[reference.file] : own);
}

/** The thresholds in force: the published ones, with a user's own values over them. */
export function thresholds(own: Partial<Thresholds> = {}): Thresholds {
  const defaults = Object.fromEntries(
    Object.entries(THRESHOLDS).map(([name, { value }]) => [name, value]),
  ) as Record<ThresholdName, number>;
  return { ...defaults, ...own };
}
