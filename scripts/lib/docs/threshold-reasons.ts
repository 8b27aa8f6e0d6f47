import type { ThresholdName } from '../../../src/advisor/thresholds';

interface ThresholdReason {
  /** What the value counts. */
  readonly unit: string;
  /** How the figure follows from the source. */
  readonly why: string;
}

/** The reason for every threshold of the advice; apart from the figures, since only the docs show it. */
export const THRESHOLD_REASONS: Readonly<Record<ThresholdName, ThresholdReason>> = {
  ampleImages: {
    unit: 'examples',
    why: 'geometric mean of Food-101 at 75,750 images, where transfer still gains (Kornblith 2019), and CheXpert at 223,414, where the gain is negligible',
  },
  ampleInstances: {
    unit: 'labelled instances',
    why: 'geometric mean of VOC (15k images x 2.3, transfer +5.1) and COCO (10k x 7.3, transfer +0.1)',
  },
  instancesWhenUnstated: { unit: 'instances per image', why: 'geometric mean of VOC (2.3) and COCO (7.3)' },
  ampleTexts: {
    unit: 'examples',
    why: 'between SNLI at 54,936 (error -13 %) and AG News at 120k (-2.5 %, Howard 2018), MNLI at 393k (-6 %)',
  },
  ampleSentencePairs: {
    unit: 'sentences',
    why: 'pre-training helps below about 10M pairs and no longer at 25M',
  },
  ampleSpeechHours: {
    unit: 'hours',
    why: 'geometric mean of LibriSpeech at 100 h (pre-training halves the error) and 960 h (near parity)',
  },
  ampleAudioClips: { unit: 'examples', why: 'Speech Commands, 105,829 clips, is learned from scratch' },
  ampleVideoClips: {
    unit: 'examples',
    why: 'the size of Kinetics, which is learned from scratch while UCF-101 (9.5k) is not',
  },
  ampleRows: { unit: 'examples', why: 'the usual size of medium tables, learned from scratch' },
  ampleExamples: { unit: 'examples', why: 'where the kind of input is not stated' },
  plentiful: {
    unit: 'times the sufficient size',
    why: 'at 118k COCO images, 17 times the sufficient size, training from scratch does equally well or better (50.9 vs. 50.3)',
  },
  beyondQuestion: { unit: 'times the sufficient size', why: 'so much data that no other strategy pays off' },
  smallNetwork: {
    unit: 'of the parameters behind the published figures',
    why: 'networks a third the size of ResNet-50 or smaller matched it, with or without transfer',
  },
  smallNetworkAmple: {
    unit: 'times the sufficient size',
    why: 'at 5,000 retinal photographs a network of 8.5M parameters gained almost nothing from transfer, while ResNet-50 gained 2.4 points',
  },
  referenceParams: {
    unit: 'parameters',
    why: 'ResNet-50, used for the image figures; a smaller network needs less data (Raghu 2019)',
  },
  referenceTextParams: { unit: 'parameters', why: 'BERT base, used for the text figures' },
  referenceTabularParams: { unit: 'parameters', why: 'a typical multilayer perceptron for tables' },
  smallestCapacity: { unit: 'of the sufficient size', why: 'even a very small network needs some data' },
  transferRatio: {
    unit: 'times the target',
    why: 'a source that is barely larger adds little; Ng (2018) asks for a lot more data',
  },
  dominance: {
    unit: 'times the target',
    why: 'a task with far more data than the target is a source for transfer; Ng contrasts 1M with 100',
  },
  dominantShare: {
    unit: 'share of the other tasks',
    why: 'MT-DNN gains with its largest task at 41 % of the others; at 80 % a task is nearly the only one',
  },
  multitaskRatio: {
    unit: 'times the target',
    why: 'two more labels on the same images help; at 1.4 to 1.6 times (MNLI, QQP) the gain is within noise',
  },
  multitaskLeastRatio: { unit: 'times the target', why: 'below this, the other tasks add too little' },
  paramsPerTask: {
    unit: 'parameters',
    why: 'in a network that is too small, tasks compete (Caruana 1997, Ng 2018)',
  },
  tabularParamsPerTask: { unit: 'parameters', why: 'the same for tables, whose networks are smaller' },
  samplingRatio: { unit: 'times', why: 'with sizes this unequal, sample tasks by temperature' },
  headOnly: {
    unit: 'examples',
    why: 'with very little data, fine-tuning all layers distorts the pretrained features',
  },
  fineTuneAll: { unit: 'examples', why: 'BiT-HyperRule: small below 20k examples' },
  headOnlyHours: { unit: 'hours', why: 'the ten-minute and one-hour settings' },
  fineTuneAllHours: { unit: 'hours', why: 'the 100-hour setting' },
  endToEndSpeechHours: {
    unit: 'hours',
    why: 'pipeline at 3,000 h, end-to-end from 10,000 h; at 12,500 h tuned end-to-end is ahead (Chiu 2018)',
  },
  endToEndTranslationWords: { unit: 'words', why: 'where neural overtakes phrase-based translation' },
  endToEndDrivingHours: { unit: 'hours', why: 'one steering number from a camera was learned from 72 hours' },
  endToEndSimple: {
    unit: 'examples',
    why: 'one number or class per input: 12,611 radiographs were sufficient for bone age',
  },
  endToEndComplex: {
    unit: 'examples',
    why: 'recognising faces in images took millions of examples (DeepFace 4.4M)',
  },
  endToEndPerClass: { unit: 'examples', why: 'ImageNet, learned from scratch, has 1,281 images per class' },
  stageAbundance: {
    unit: 'times the end-to-end data',
    why: 'in Ng’s turnstile example, both stages have hundreds of times the end-to-end data',
  },
  endToEndClear: {
    unit: 'times what end-to-end needs',
    why: 'near the threshold, tuning decides: 9.2 % word errors untuned, 6.7 % conventional, 5.6 % tuned',
  },
  stageMayHaveLess: {
    unit: 'of the end-to-end data',
    why: 'a stage is simpler than the end-to-end task, so it needs less data',
  },
};
