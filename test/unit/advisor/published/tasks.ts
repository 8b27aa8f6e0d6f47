import { IMAGENET, type Published } from './published';

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

/** Several tasks together, and inputs that differ. */
export const TASKS: readonly Published[] = [
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
