import type { Published } from './published';

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

/** Speech and text: pre-training against training from scratch. */
export const LANGUAGE: readonly Published[] = [
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
];
