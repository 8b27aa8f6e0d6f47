import type { CitationId } from './citations';

interface Threshold {
  readonly value: number;
  /** What the value counts. */
  readonly unit: string;
  readonly source: CitationId;
  /** How the figure follows from the source. */
  readonly why: string;
}

/**
 * Every figure that the advice turns on. "Ample" is the size of the target's own training data from
 * which transfer and single-task training were measured to be within a margin of each other.
 */
export const THRESHOLDS = {
  ampleImages: {
    value: 130_000,
    unit: 'examples',
    source: 'raghu2019',
    why: 'geometric mean of Food-101 at 75,750 images, where transfer still gains (Kornblith 2019), and CheXpert at 223,414, where the gain is negligible',
  },
  ampleInstances: {
    value: 50_000,
    unit: 'labelled instances',
    source: 'he2018',
    why: 'geometric mean of VOC (15k images x 2.3, transfer +5.1) and COCO (10k x 7.3, transfer +0.1)',
  },
  instancesWhenUnstated: {
    value: 4,
    unit: 'instances per image',
    source: 'he2018',
    why: 'geometric mean of VOC (2.3) and COCO (7.3)',
  },
  ampleTexts: {
    value: 100_000,
    unit: 'examples',
    source: 'liu2019',
    why: 'between SNLI at 54,936 (error -13 %) and AG News at 120k (-2.5 %, Howard 2018), MNLI at 393k (-6 %)',
  },
  ampleSentencePairs: {
    value: 10_000_000,
    unit: 'sentences',
    source: 'liu2020',
    why: 'pre-training helps below about 10M pairs and no longer at 25M',
  },
  ampleSpeechHours: {
    value: 300,
    unit: 'hours',
    source: 'baevski2020',
    why: 'geometric mean of LibriSpeech at 100 h (pre-training halves the error) and 960 h (near parity)',
  },
  ampleAudioClips: {
    value: 100_000,
    unit: 'examples',
    source: 'warden2018',
    why: 'Speech Commands, 105,829 clips, is learned from scratch',
  },
  ampleVideoClips: {
    value: 240_000,
    unit: 'examples',
    source: 'carreira2017',
    why: 'the size of Kinetics, which is learned from scratch while UCF-101 (9.5k) is not',
  },
  ampleRows: {
    value: 10_000,
    unit: 'examples',
    source: 'grinsztajn2022',
    why: 'the usual size of medium tables, learned from scratch',
  },
  ampleExamples: {
    value: 100_000,
    unit: 'examples',
    source: 'choice',
    why: 'where the kind of input is not stated',
  },
  plentiful: {
    value: 10,
    unit: 'times the sufficient size',
    source: 'he2018',
    why: 'at 118k COCO images, 17 times the sufficient size, training from scratch does equally well or better (50.9 vs. 50.3)',
  },
  beyondQuestion: {
    value: 100,
    unit: 'times the sufficient size',
    source: 'choice',
    why: 'so much data that no other strategy pays off',
  },
  smallNetwork: {
    value: 0.5,
    unit: 'of the parameters behind the published figures',
    source: 'raghu2019',
    why: 'networks a third the size of ResNet-50 or smaller matched it, with or without transfer',
  },
  smallNetworkAmple: {
    value: 0.1,
    unit: 'times the sufficient size',
    source: 'raghu2019',
    why: 'at 5,000 retinal photographs a network of 8.5M parameters gained almost nothing from transfer, while ResNet-50 gained 2.4 points',
  },
  referenceParams: {
    value: 25_000_000,
    unit: 'parameters',
    source: 'he2018',
    why: 'ResNet-50, used for the image figures; a smaller network needs less data (Raghu 2019)',
  },
  referenceTextParams: {
    value: 110_000_000,
    unit: 'parameters',
    source: 'liu2019',
    why: 'BERT base, used for the text figures',
  },
  referenceTabularParams: {
    value: 100_000,
    unit: 'parameters',
    source: 'choice',
    why: 'a typical multilayer perceptron for tables',
  },
  smallestCapacity: {
    value: 0.02,
    unit: 'of the sufficient size',
    source: 'choice',
    why: 'even a very small network needs some data',
  },
  transferRatio: {
    value: 2,
    unit: 'times the target',
    source: 'choice',
    why: 'a source that is barely larger adds little; Ng (2018) asks for a lot more data',
  },
  dominance: {
    value: 10,
    unit: 'times the target',
    source: 'ng2018',
    why: 'a task with far more data than the target is a source for transfer; Ng contrasts 1M with 100',
  },
  dominantShare: {
    value: 0.8,
    unit: 'share of the other tasks',
    source: 'choice',
    why: 'MT-DNN gains with its largest task at 41 % of the others; at 80 % a task is nearly the only one',
  },
  multitaskRatio: {
    value: 2,
    unit: 'times the target',
    source: 'kendall2018',
    why: 'two more labels on the same images help; at 1.4 to 1.6 times (MNLI, QQP) the gain is within noise',
  },
  multitaskLeastRatio: {
    value: 0.5,
    unit: 'times the target',
    source: 'choice',
    why: 'below this, the other tasks add too little',
  },
  paramsPerTask: {
    value: 100_000,
    unit: 'parameters',
    source: 'choice',
    why: 'in a network that is too small, tasks compete (Caruana 1997, Ng 2018)',
  },
  tabularParamsPerTask: {
    value: 1_000,
    unit: 'parameters',
    source: 'choice',
    why: 'the same for tables, whose networks are smaller',
  },
  samplingRatio: {
    value: 10,
    unit: 'times',
    source: 'raffel2020',
    why: 'with sizes this unequal, sample tasks by temperature',
  },
  headOnly: {
    value: 1_000,
    unit: 'examples',
    source: 'kumar2022',
    why: 'with very little data, fine-tuning all layers distorts the pretrained features',
  },
  fineTuneAll: {
    value: 20_000,
    unit: 'examples',
    source: 'kolesnikov2020',
    why: 'BiT-HyperRule: small below 20k examples',
  },
  headOnlyHours: {
    value: 1,
    unit: 'hours',
    source: 'baevski2020',
    why: 'the ten-minute and one-hour settings',
  },
  fineTuneAllHours: { value: 100, unit: 'hours', source: 'baevski2020', why: 'the 100-hour setting' },
  endToEndSpeechHours: {
    value: 10_000,
    unit: 'hours',
    source: 'ng2018',
    why: 'pipeline at 3,000 h, end-to-end from 10,000 h; at 12,500 h tuned end-to-end is ahead (Chiu 2018)',
  },
  endToEndTranslationWords: {
    value: 15_000_000,
    unit: 'words',
    source: 'koehn2017',
    why: 'where neural overtakes phrase-based translation',
  },
  endToEndDrivingHours: {
    value: 72,
    unit: 'hours',
    source: 'bojarski2016',
    why: 'one steering number from a camera was learned from 72 hours',
  },
  endToEndSimple: {
    value: 10_000,
    unit: 'examples',
    source: 'halabi2019',
    why: 'one number or class per input: 12,611 radiographs were sufficient for bone age',
  },
  endToEndComplex: {
    value: 1_000_000,
    unit: 'examples',
    source: 'taigman2014',
    why: 'recognising faces in images took millions of examples (DeepFace 4.4M)',
  },
  endToEndPerClass: {
    value: 1_000,
    unit: 'examples',
    source: 'he2018',
    why: 'ImageNet, learned from scratch, has 1,281 images per class',
  },
  stageAbundance: {
    value: 10,
    unit: 'times the end-to-end data',
    source: 'ng2018',
    why: 'in Ng’s turnstile example, both stages have hundreds of times the end-to-end data',
  },
  endToEndClear: {
    value: 3,
    unit: 'times what end-to-end needs',
    source: 'chiu2018',
    why: 'near the threshold, tuning decides: 9.2 % word errors untuned, 6.7 % conventional, 5.6 % tuned',
  },
  stageMayHaveLess: {
    value: 0.1,
    unit: 'of the end-to-end data',
    source: 'choice',
    why: 'a stage is simpler than the end-to-end task, so it needs less data',
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
