import assert from 'node:assert/strict';
import type { Strategy } from '../../../src/advisor/advice';
import { adviceOn, problemOf } from './helpers';

/**
 * Published comparisons that the thresholds were not read from. `reported` says what the source found;
 * "from memory" marks figures that were not looked up again. The first of `right` need not be the advice,
 * but the advice must be among them, and where the source found a tie all of `tie` must be acceptable.
 */
interface Published {
  readonly name: string;
  readonly source: string;
  readonly reported: string;
  readonly target: string;
  readonly lines: readonly string[];
  readonly right: readonly Strategy[];
  readonly tie?: readonly Strategy[];
}

const IMAGENET = [
  '@task imagenet-classes category=image-classification output=class:1000',
  '@dataset imagenet task=imagenet-classes input=image:224x224x3 num_examples=1.28M',
];

/** An image task beside ImageNet. */
function besideImageNet(category: string, size: string, params = ''): readonly string[] {
  return [
    ...IMAGENET,
    `@task target target category=${category} ${params}`,
    `@dataset own task=target input=image:224x224x3 ${size}`,
  ];
}

const GLUE = [
  '@dataset mnli-data task=mnli input=text num_examples=393k',
  '@dataset qqp-data task=qqp input=text num_examples=364k',
  '@dataset qnli-data task=qnli input=text num_examples=105k',
  '@dataset sst-2-data task=sst-2 input=text num_examples=67k',
  '@dataset cola-data task=cola input=text num_examples=8.5k',
  '@dataset sts-b-data task=sts-b input=text num_examples=5.7k',
  '@dataset mrpc-data task=mrpc input=text num_examples=3.7k',
  '@dataset rte-data task=rte input=text num_examples=2.5k',
];

const glue = (task: string): readonly string[] => [
  ...GLUE,
  `@task ${task} target category=text-classification num_params=110M`,
];

const wav2vec = (size: string): readonly string[] => [
  '@task speech-units category=self-supervised',
  '@dataset librivox task=speech-units input=audio num_examples=53k unit=hours',
  '@task transcript target category=automatic-speech-recognition',
  `@dataset librispeech task=transcript input=audio ${size}`,
];

const ulmfit = (size: string): readonly string[] => [
  '@task language-model category=self-supervised',
  '@dataset wikitext-103 task=language-model input=text num_examples=103M unit=words',
  '@task sentiment target category=text-classification',
  `@dataset reviews task=sentiment input=text ${size}`,
];

const PUBLISHED: readonly Published[] = [
  {
    name: 'COCO at 118k images, ResNet-50',
    source: 'He 2018, figure 1',
    reported: 'from scratch catches up: 41.1 against 41.2 AP (from memory)',
    target: 'target',
    lines: besideImageNet('object-detection', 'num_examples=118k instances_per_example=7.3'),
    right: ['single-task', 'transfer'],
    tie: ['single-task', 'transfer'],
  },
  {
    name: 'Oxford pets, 3,680 pictures',
    source: 'Kornblith 2019',
    reported: 'fine-tuning far ahead of random initialisation (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=3680'),
    right: ['transfer'],
  },
  {
    name: 'CIFAR-10, 50,000 pictures',
    source: 'Kornblith 2019',
    reported: 'fine-tuned Inception v4 about 98 %, from scratch about 96 % (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=50k'),
    right: ['transfer'],
  },
  {
    name: 'Food-101, 75,750 pictures',
    source: 'Kornblith 2019',
    reported: 'fine-tuning ahead by about three points, less than on smaller sets (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=75750'),
    right: ['transfer'],
  },
  {
    name: 'retinal photographs, 250k, ResNet-50',
    source: 'Raghu 2019, table 1',
    reported: 'AUC 96.4 from scratch, 96.7 transferred: "little benefit" (figures from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=250k', 'num_params=23.6M'),
    right: ['transfer', 'single-task'],
    tie: ['transfer', 'single-task'],
  },
  {
    name: 'chest x-rays of CheXpert, 223k, ResNet-50',
    source: 'Raghu 2019, table 2',
    reported: 'level over the five pathologies (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=223k', 'num_params=23.6M'),
    right: ['transfer', 'single-task'],
    tie: ['transfer', 'single-task'],
  },
  {
    name: 'retinal photographs, 5,000, ResNet-50',
    source: 'Raghu 2019, table 3',
    reported: 'AUC 92.2 from scratch, 94.6 transferred (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=5k', 'num_params=23.6M'),
    right: ['transfer'],
  },
  {
    name: 'retinal photographs, 5,000, a network of 8.5M parameters',
    source: 'Raghu 2019, table 3',
    reported: 'CBR-LargeT: AUC 93.6 from scratch, 93.9 transferred (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=5k', 'num_params=8.5M'),
    right: ['transfer', 'single-task'],
    tie: ['transfer', 'single-task'],
  },
  {
    name: 'retinal photographs, 250k, a network of 1.1M parameters',
    source: 'Raghu 2019, table 1',
    reported: 'CBR-Tiny: AUC 95.8 both ways (from memory)',
    target: 'target',
    lines: besideImageNet('image-classification', 'num_examples=250k', 'num_params=1.1M'),
    right: ['single-task', 'transfer'],
    tie: ['single-task', 'transfer'],
  },
  {
    name: 'UCF-101 beside Kinetics',
    source: 'Carreira 2017',
    reported: 'I3D from Kinetics far ahead of training from scratch (from memory)',
    target: 'action',
    lines: [
      '@task kinetics-actions category=video-classification',
      '@dataset kinetics task=kinetics-actions input=video num_examples=240k',
      '@task action target category=video-classification',
      '@dataset ucf-101 task=action input=video num_examples=9.5k',
    ],
    right: ['transfer'],
  },
  {
    name: 'ImageNet itself beside JFT-300M',
    source: 'Sun 2017, Revisiting Unreasonable Effectiveness of Data',
    reported: '77.5 from scratch, 79.2 pre-trained (from memory)',
    target: 'target',
    lines: [
      '@dataset jft task=jft-labels input=image:224x224x3 num_examples=300M',
      '@task target target category=image-classification',
      '@dataset imagenet task=target input=image:224x224x3 num_examples=1.28M',
    ],
    right: ['transfer'],
  },
  {
    name: 'IMDb, 25k reviews',
    source: 'Howard 2018, table 4',
    reported: 'error 5.63 from scratch, 5.00 pre-trained',
    target: 'sentiment',
    lines: ulmfit('num_examples=25k'),
    right: ['transfer'],
  },
  {
    name: 'TREC-6, 5,452 questions',
    source: 'Howard 2018, table 4',
    reported: 'error 10.67 from scratch, 5.69 pre-trained',
    target: 'sentiment',
    lines: ulmfit('num_examples=5452'),
    right: ['transfer'],
  },
  {
    name: 'AG News, 120k articles',
    source: 'Howard 2018, table 4',
    reported: 'error 5.52 from scratch, 5.38 pre-trained: level',
    target: 'sentiment',
    lines: ulmfit('num_examples=120k'),
    right: ['transfer', 'single-task'],
    tie: ['transfer', 'single-task'],
  },
  ...(
    ['num_examples=1 unit=hours', 'num_examples=10 unit=hours', 'num_examples=100 unit=hours'] as const
  ).map((size): Published => ({
    name: `LibriSpeech with ${size}`,
    source: 'Baevski 2020, tables 1 and 2',
    reported: 'pre-training is ahead of every supervised system with as many labels',
    target: 'transcript',
    lines: wav2vec(size),
    right: ['transfer'],
  })),
  {
    name: 'LibriSpeech with 960 hours',
    source: 'Baevski 2020, table 2',
    reported:
      '1.8/3.3 against 1.9/3.9 % for the best from scratch: near parity on clean speech (from memory)',
    target: 'transcript',
    lines: wav2vec('num_examples=960 unit=hours'),
    right: ['transfer', 'single-task'],
    tie: ['transfer', 'single-task'],
  },
  {
    name: 'Spanish to English speech, 50 hours',
    source: 'Bansal 2019',
    reported: 'transfer from 300 hours of English transcripts ahead by some five BLEU (from memory)',
    target: 'english',
    lines: [
      '@task english-transcript category=automatic-speech-recognition',
      '@dataset switchboard task=english-transcript input=audio num_examples=300 unit=hours',
      '@task english target category=speech-translation',
      '@dataset fisher task=english input=audio num_examples=50 unit=hours',
    ],
    right: ['transfer'],
  },
  {
    name: 'Uzbek to English beside French to English',
    source: 'Zoph 2016, Transfer Learning for Low-Resource Neural Machine Translation',
    reported: 'BLEU 10.7 from scratch, 15.0 transferred with 1.8M words (from memory)',
    target: 'uzbek-english',
    lines: [
      '@task french-english category=translation',
      '@dataset french task=french-english input=text num_examples=53M unit=words',
      '@task uzbek-english target category=translation',
      '@dataset uzbek task=uzbek-english input=text num_examples=1.8M unit=words',
    ],
    right: ['transfer'],
  },
  {
    name: 'translation with 1M and with 41M pairs after pre-training on monolingual text',
    source: 'Liu 2020, tables 2 and 3',
    reported: 'English-French, 41M pairs: 41.4 from scratch, 41.0 pre-trained (from memory)',
    target: 'french',
    lines: [
      '@task denoising category=self-supervised',
      '@dataset cc25 task=denoising input=text num_examples=10B unit=sentences',
      '@task french target category=translation',
      '@dataset wmt14 task=french input=text num_examples=41M unit=sentences',
    ],
    right: ['single-task', 'transfer'],
    tie: ['single-task', 'transfer'],
  },
  {
    name: 'translation with 500k pairs after pre-training on monolingual text',
    source: 'Liu 2020, table 2',
    reported: 'gains of up to 12 BLEU below a million pairs',
    target: 'nepali',
    lines: [
      '@task denoising category=self-supervised',
      '@dataset cc25 task=denoising input=text num_examples=10B unit=sentences',
      '@task nepali target category=translation',
      '@dataset flores task=nepali input=text num_examples=564k unit=sentences',
    ],
    right: ['transfer'],
  },
  ...(
    [
      ['0.4M', 'pipeline', 'BLEU 1.6 neural, 16.4 phrase-based'],
      ['385.7M', 'end-to-end', 'BLEU 31.1 neural, 28.6 phrase-based'],
    ] as const
  ).map(([words, best, reported]): Published => ({
    name: `English to Spanish with ${words} words`,
    source: 'Koehn 2017, figure 3',
    reported: `${reported} (from memory)`,
    target: 'spanish',
    lines: [
      '@pipeline spanish: english -> phrases -> spanish',
      '@task spanish category=translation',
      `@dataset parallel task=english->spanish input=text num_examples=${words} unit=words`,
      `@dataset aligned task=english->phrases input=text num_examples=${words} unit=words`,
    ],
    right: [best],
  })),
  {
    name: 'Deep Speech 2, 11,940 hours',
    source: 'Amodei 2016',
    reported: 'end-to-end competitive with transcribers, ahead of pipelines',
    target: 'transcript',
    lines: [
      '@pipeline transcript: audio -> phonemes -> transcript',
      '@task transcript category=automatic-speech-recognition',
      '@dataset calls task=audio->transcript input=audio num_examples=11940 unit=hours',
    ],
    right: ['end-to-end'],
  },
  {
    name: 'LibriSpeech, hybrid against attention, 960 hours',
    source: 'Lüscher 2019, abstract',
    reported: 'the hybrid is ahead by 15 % relative on clean and 40 % on other speech',
    target: 'transcript',
    lines: [
      '@pipeline transcript: audio -> states -> words -> transcript engineered=states->words',
      '@task transcript category=automatic-speech-recognition',
      '@dataset read task=audio->transcript input=audio num_examples=960 unit=hours',
      '@dataset aligned task=audio->states input=audio num_examples=960 unit=hours',
      '@dataset books task=words->transcript input=text num_examples=803M unit=words',
    ],
    right: ['pipeline'],
  },
  {
    name: 'steering from a camera, 72 hours',
    source: 'Bojarski 2016',
    reported: 'one network from pixels to steering drove 98 % of the time autonomously',
    target: 'steering',
    lines: [
      '@pipeline steering: camera -> lanes -> path -> steering engineered=path->steering',
      '@task steering output=real:1',
      '@dataset drives task=camera->steering input=video num_examples=72 unit=hours',
    ],
    right: ['end-to-end'],
  },
  {
    name: 'bone age, 12,611 radiographs',
    source: 'Halabi 2019',
    reported: 'the winning entries learn age from the picture',
    target: 'age',
    lines: [
      '@pipeline age: image -> bones -> age engineered=bones->age',
      '@dataset hands task=image->age input=image num_examples=12611',
    ],
    right: ['end-to-end'],
  },
  {
    name: 'faces, aligned and then identified: 4.4M pictures of 4,030 people',
    source: 'Taigman 2014',
    reported: 'alignment by a fitted 3D model, then a network: ahead of all before it',
    target: 'identity',
    lines: [
      '@pipeline identity: image -> aligned-face -> identity engineered=image->aligned-face',
      '@task identity output=class:4030',
      '@dataset turnstile task=image->identity input=image num_examples=10k',
      '@dataset sfc task=aligned-face->identity input=image num_examples=4.4M',
    ],
    right: ['pipeline'],
  },
  {
    name: 'speech translation with 408 hours: cascade against direct',
    source: 'MuST-C and the IWSLT evaluations of 2018 and 2019',
    reported: 'the cascade is ahead by several BLEU (from memory)',
    target: 'german',
    lines: [
      '@pipeline german: audio -> english -> german',
      '@task german category=translation',
      '@dataset must-c task=audio->german input=audio num_examples=408 unit=hours',
      '@dataset asr task=audio->english input=audio num_examples=2000 unit=hours',
      '@dataset wmt task=english->german input=text num_examples=30M unit=sentences',
    ],
    right: ['pipeline'],
  },
  ...(['qnli', 'sst-2', 'sts-b'] as const).map((task): Published => ({
    name: `MT-DNN on ${task}`,
    source: 'Liu 2019, table 2',
    reported: 'joint training then fine-tuning is ahead, the more the smaller the task (from memory)',
    target: task,
    lines: glue(task),
    right: ['multitask', 'transfer'],
  })),
  {
    name: 'NYUv2: segmentation, depth and normals on 795 pictures',
    source: 'Liu 2019, End-to-End Multi-Task Learning with Attention',
    reported: 'segmentation and depth gain from the others (from memory)',
    target: 'segmentation',
    lines: [
      '@dataset nyu-v2 task=segmentation,depth,normals input=image:288x384x3 num_examples=795',
      '@task segmentation target category=image-segmentation num_params=25M',
    ],
    right: ['multitask'],
  },
  {
    name: 'Taskonomy: five tasks on four million pictures',
    source: 'Standley 2020',
    reported: 'some pairs gain and others lose: no strategy is ahead throughout',
    target: 'depth',
    lines: [
      '@dataset taskonomy task=depth,normals,edges,keypoints,segmentation input=image:256x256x3 num_examples=4M',
      '@task depth target category=depth-estimation num_params=16M',
    ],
    right: ['single-task', 'multitask'],
    tie: ['single-task', 'multitask'],
  },
  {
    name: 'toxicity: twelve assays on the same compounds',
    source: 'Mayr 2016, DeepTox',
    reported: 'multitask networks ahead of single-task ones on ten of twelve assays (from memory)',
    target: 'nr-ahr',
    lines: [
      '@dataset tox21 task=nr-ahr,nr-ar,nr-er,sr-are,sr-mmp,sr-p53 input=tabular:1024 num_examples=8k \\',
      '  labels_present=80%',
      '@task nr-ahr target category=tabular-classification num_params=1M',
    ],
    right: ['multitask'],
  },
  {
    name: 'low-resource translation beside its relatives',
    source: 'Neubig & Hu 2018, Rapid Adaptation of Neural Machine Translation',
    reported: 'Azerbaijani, 5.9k pairs: far ahead with Turkish and others (from memory)',
    target: 'azerbaijani',
    lines: [
      '@task azerbaijani target category=translation',
      '@dataset az task=azerbaijani input=text num_examples=5.9k unit=sentences',
      '@dataset tr task=turkish input=text num_examples=182k unit=sentences',
      '@dataset ru task=russian input=text num_examples=208k unit=sentences',
      '@dataset pt task=portuguese input=text num_examples=185k unit=sentences',
    ],
    right: ['multitask', 'transfer'],
  },
  {
    name: 'BDD100K: instances on 7k pictures beside boxes on 70k',
    source: 'Yu 2020',
    reported: 'instance segmentation gains from the boxes (from memory)',
    target: 'instances',
    lines: [
      '@dataset boxes task=detection input=image:720x1280x3 num_examples=70k instances_per_example=18.4',
      '@dataset masks task=instances input=image:720x1280x3 num_examples=7k instances_per_example=18',
      '@task instances target category=instance-segmentation',
      '@task detection category=object-detection',
    ],
    right: ['multitask', 'transfer'],
  },
  {
    name: 'photographs for thermal pictures of another sensor',
    source: 'the design: another sensor is another input',
    reported: 'no transfer without a change of the input',
    target: 'thermal',
    lines: [
      ...IMAGENET,
      '@task thermal target category=image-classification',
      '@dataset flir task=thermal input=image:512x640x1 sensor=infrared num_examples=8k',
    ],
    right: ['single-task'],
  },
  {
    name: 'tables with other columns',
    source: 'Grinsztajn 2022, in its direction',
    reported: 'networks on tables are trained from scratch',
    target: 'churn',
    lines: [
      '@dataset adult task=income input=tabular:14 num_examples=48842',
      '@dataset customers task=churn input=tabular:20 num_examples=3333',
      '@task churn target category=tabular-classification',
    ],
    right: ['single-task'],
  },
];

describe('advice on published comparisons', () => {
  for (const { name, source, reported, target, lines, right, tie = [] } of PUBLISHED)
    it(`${name} (${source}): ${reported}`, () => {
      const advice = adviceOn(problemOf(...lines), target);
      assert.ok(right.includes(advice.recommendation), `advised ${advice.acceptable.join(', ')}`);
      for (const strategy of tie)
        assert.ok(advice.acceptable.includes(strategy), `advised only ${advice.acceptable.join(', ')}`);
    });
});
