import type { ThresholdName } from '../../../src/advisor/thresholds';

export type ThresholdGroup = 'ample' | 'network' | 'sources' | 'depth' | 'decomposition';

/** Under which heading of docs/advice.md each threshold stands. */
export const THRESHOLD_GROUPS: Readonly<Record<ThresholdName, ThresholdGroup>> = {
  ampleImages: 'ample',
  ampleInstances: 'ample',
  instancesWhenUnstated: 'ample',
  ampleTexts: 'ample',
  ampleSentencePairs: 'ample',
  ampleSpeechHours: 'ample',
  ampleAudioClips: 'ample',
  ampleVideoClips: 'ample',
  ampleRows: 'ample',
  ampleExamples: 'ample',
  referenceParams: 'network',
  referenceTextParams: 'network',
  referenceTabularParams: 'network',
  smallestCapacity: 'network',
  paramsPerTask: 'network',
  tabularParamsPerTask: 'network',
  dominance: 'sources',
  dominantShare: 'sources',
  multitaskLeastRatio: 'sources',
  samplingRatio: 'sources',
  headOnly: 'depth',
  fineTuneAll: 'depth',
  headOnlyHours: 'depth',
  fineTuneAllHours: 'depth',
  endToEndSpeechHours: 'decomposition',
  endToEndTranslationWords: 'decomposition',
  endToEndDrivingHours: 'decomposition',
  endToEndSimple: 'decomposition',
  endToEndComplex: 'decomposition',
  endToEndPerClass: 'decomposition',
  stageMayHaveLess: 'decomposition',
};
