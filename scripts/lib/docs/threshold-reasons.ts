import type { AnyCitationId } from './citations';
import type { ThresholdName } from '../../../src/advisor/thresholds';

interface ThresholdReason {
  /** What the value counts. */
  readonly unit: string;
  /** How the figure follows from the source. */
  readonly why: string;
  /** What it is, in the words of users. */
  readonly meaning: string;
  readonly source: AnyCitationId;
}

/** The reason for every threshold of the advice; apart from the figures, since only the docs show it. */
export const THRESHOLD_REASONS: Readonly<Record<ThresholdName, ThresholdReason>> = {
  ampleImages: {
    unit: 'examples',
    why: 'geometric mean of Food-101 at 75,750 images, where transfer still gains (Kornblith 2019), and CheXpert at 223,414, where the gain is negligible',
    meaning: 'Number of images that is sufficient for an image task.',
    source: 'raghu2019',
  },
  ampleInstances: {
    unit: 'labelled instances',
    why: 'geometric mean of VOC (15k images x 2.3, transfer +5.1) and COCO (10k x 7.3, transfer +0.1)',
    meaning: 'Number of labelled instances that is sufficient for object detection and similar tasks.',
    source: 'he2018',
  },
  instancesWhenUnstated: {
    unit: 'instances per image',
    why: 'geometric mean of VOC (2.3) and COCO (7.3)',
    meaning: 'Labeled instances per image if instances_per_example is not set.',
    source: 'he2018',
  },
  ampleTexts: {
    unit: 'examples',
    why: 'between SNLI at 54,936 (error -13 %) and AG News at 120k (-2.5 %, Howard 2018), MNLI at 393k (-6 %)',
    meaning: 'Number of texts that is sufficient for a text task.',
    source: 'liu2019',
  },
  ampleSentencePairs: {
    unit: 'sentences',
    why: 'pre-training helps below about 10M pairs and no longer at 25M',
    meaning: 'Number of sentence pairs that is sufficient for translation.',
    source: 'liu2020',
  },
  ampleSpeechHours: {
    unit: 'hours',
    why: 'geometric mean of LibriSpeech at 100 h (pre-training halves the error) and 960 h (near parity)',
    meaning: 'Hours of transcribed speech that are sufficient for speech recognition.',
    source: 'baevski2020',
  },
  ampleAudioClips: {
    unit: 'examples',
    why: 'Speech Commands, 105,829 clips, is learned from scratch',
    meaning: 'Number of labelled clips that is sufficient for audio classification.',
    source: 'warden2018',
  },
  ampleVideoClips: {
    unit: 'examples',
    why: 'the size of Kinetics, which is learned from scratch while UCF-101 (9.5k) is not',
    meaning: 'Number of labelled clips that is sufficient for a video task.',
    source: 'carreira2017',
  },
  ampleRows: {
    unit: 'examples',
    why: 'the usual size of medium tables, learned from scratch',
    meaning: 'Number of rows that is sufficient for a tabular task.',
    source: 'grinsztajn2022',
  },
  ampleExamples: {
    unit: 'examples',
    why: 'where the kind of input is not stated',
    meaning: 'Number of examples that is sufficient if the input type is not set.',
    source: 'choice',
  },
  referenceParams: {
    unit: 'parameters',
    why: 'ResNet-50, used for the image figures; a smaller network needs less data (Raghu 2019)',
    meaning:
      'Parameters of the reference network for images, audio and video. Smaller networks need less data.',
    source: 'he2018',
  },
  referenceTextParams: {
    unit: 'parameters',
    why: 'BERT base, used for the text figures',
    meaning: 'Parameters of the reference network for text.',
    source: 'liu2019',
  },
  referenceTabularParams: {
    unit: 'parameters',
    why: 'a typical multilayer perceptron for tables',
    meaning: 'Parameters of the reference network for tables.',
    source: 'choice',
  },
  smallestCapacity: {
    unit: 'of the sufficient size',
    why: 'even a very small network needs some data',
    meaning: 'Smallest fraction of the sufficient size that is required, even for very small networks.',
    source: 'choice',
  },
  dominance: {
    unit: 'times the target',
    why: 'a task with far more data than the target is a source for transfer; Ng contrasts 1M with 100',
    meaning: 'Ratio of the data of another task to the data of the target from which that task is dominant.',
    source: 'ng2018',
  },
  dominantShare: {
    unit: 'share of the other tasks',
    why: 'MT-DNN gains with its largest task at 41 % of the others; at 80 % a task is nearly the only one',
    meaning: 'Fraction of the data of all other tasks from which one of them is dominant.',
    source: 'choice',
  },
  multitaskLeastRatio: {
    unit: 'times the target',
    why: 'below this, the other tasks add too little',
    meaning:
      'Ratio of the data of all other tasks to the data of the target from which multitask learning is considered.',
    source: 'choice',
  },
  paramsPerTask: {
    unit: 'parameters',
    why: 'in a network that is too small, tasks compete (Caruana 1997, Ng 2018)',
    meaning: 'Parameters that a shared network needs per task.',
    source: 'choice',
  },
  tabularParamsPerTask: {
    unit: 'parameters',
    why: 'the same for tables, whose networks are smaller',
    meaning: 'Parameters that a shared network for tables needs per task.',
    source: 'choice',
  },
  samplingRatio: {
    unit: 'times',
    why: 'with sizes this unequal, sample tasks by temperature',
    meaning: 'Ratio of the largest to the smallest task from which temperature sampling is recommended.',
    source: 'raffel2020',
  },
  headOnly: {
    unit: 'examples',
    why: 'with very little data, fine-tuning all layers distorts the pretrained features',
    meaning: 'Largest number of examples at which a new head is first trained on frozen features.',
    source: 'kumar2022',
  },
  fineTuneAll: {
    unit: 'examples',
    why: 'BiT-HyperRule: small below 20k examples',
    meaning: 'Number of examples from which all layers are fine-tuned at once.',
    source: 'kolesnikov2020',
  },
  headOnlyHours: {
    unit: 'hours',
    why: 'the ten-minute and one-hour settings',
    meaning: 'Largest number of hours of audio at which a new head is first trained on frozen features.',
    source: 'baevski2020',
  },
  fineTuneAllHours: {
    unit: 'hours',
    why: 'the 100-hour setting',
    meaning: 'Hours of audio from which all layers are fine-tuned at once.',
    source: 'baevski2020',
  },
  endToEndSpeechHours: {
    unit: 'hours',
    why: 'pipeline at 3,000 h, end-to-end from 10,000 h; at 12,500 h tuned end-to-end is ahead (Chiu 2018)',
    meaning: 'Hours of transcribed speech from which end-to-end speech recognition is recommended.',
    source: 'ng2018',
  },
  endToEndTranslationWords: {
    unit: 'words',
    why: 'where neural overtakes phrase-based translation',
    meaning: 'Words of parallel text from which end-to-end translation is recommended.',
    source: 'koehn2017',
  },
  endToEndDrivingHours: {
    unit: 'hours',
    why: 'one steering number from a camera was learned from 72 hours',
    meaning: 'Hours of driving from which end-to-end steering is recommended.',
    source: 'bojarski2016',
  },
  endToEndSimple: {
    unit: 'examples',
    why: 'one number or class per input: 12,611 radiographs were sufficient for bone age',
    meaning:
      'Number of end-to-end examples from which end-to-end learning is recommended for a single number or class.',
    source: 'halabi2019',
  },
  endToEndComplex: {
    unit: 'examples',
    why: 'recognising faces in images took millions of examples (DeepFace 4.4M)',
    meaning:
      'Number of end-to-end examples from which end-to-end learning is recommended for a complex output.',
    source: 'taigman2014',
  },
  endToEndPerClass: {
    unit: 'examples',
    why: 'ImageNet, learned from scratch, has 1,281 images per class',
    meaning: 'Number of end-to-end examples per class from which end-to-end classification is recommended.',
    source: 'he2018',
  },
  stageMayHaveLess: {
    unit: 'of the end-to-end data',
    why: 'a stage is simpler than the end-to-end task, so it needs less data',
    meaning:
      'Fraction of the end-to-end data that is sufficient for a stage, because a stage is simpler than the whole.',
    source: 'choice',
  },
};
