import type { Published } from './published';

/** One network from end to end against several stages. */
export const PIPELINES: readonly Published[] = [
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
];
