import { IMAGENET, type Published } from './published';

/** An image task beside ImageNet. */
function besideImageNet(category: string, size: string, params = ''): readonly string[] {
  return [
    ...IMAGENET,
    `@task target target category=${category} ${params}`,
    `@dataset own task=target input=image:224x224x3 ${size}`,
  ];
}

/** Pictures beside many more pictures. */
export const IMAGES: readonly Published[] = [
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
];
