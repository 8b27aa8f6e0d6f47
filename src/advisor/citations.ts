/** Where rules and thresholds come from. `url` is absent where the source is a lecture or this project's own choice. */
export const CITATIONS = {
  ng2018: {
    citation: 'Ng, Structuring Machine Learning Projects (DeepLearning.AI), 2018',
    url: 'https://www.coursera.org/learn/machine-learning-projects',
  },
  he2018: {
    citation: 'He, Girshick & Dollár, Rethinking ImageNet Pre-training, 2018',
    url: 'https://arxiv.org/abs/1811.08883',
  },
  liu2019: {
    citation: 'Liu et al., Multi-Task Deep Neural Networks for Natural Language Understanding, 2019',
    url: 'https://arxiv.org/abs/1901.11504',
  },
  liu2020: {
    citation: 'Liu et al., Multilingual Denoising Pre-training for Neural Machine Translation, 2020',
    url: 'https://arxiv.org/abs/2001.08210',
  },
  koehn2017: {
    citation: 'Koehn & Knowles, Six Challenges for Neural Machine Translation, 2017',
    url: 'https://arxiv.org/abs/1706.03872',
  },
  baevski2020: { citation: 'Baevski et al., wav2vec 2.0, 2020', url: 'https://arxiv.org/abs/2006.11477' },
  warden2018: { citation: 'Warden, Speech Commands, 2018', url: 'https://arxiv.org/abs/1804.03209' },
  bojarski2016: {
    citation: 'Bojarski et al., End to End Learning for Self-Driving Cars, 2016',
    url: 'https://arxiv.org/abs/1604.07316',
  },
  halabi2019: {
    citation: 'Halabi et al., The RSNA Pediatric Bone Age Machine Learning Challenge, 2019',
    url: 'https://doi.org/10.1148/radiol.2018180736',
  },
  taigman2014: { citation: 'Taigman et al., DeepFace, 2014', url: 'https://doi.org/10.1109/CVPR.2014.220' },
  carreira2017: {
    citation: 'Carreira & Zisserman, Quo Vadis, Action Recognition?, 2017',
    url: 'https://arxiv.org/abs/1705.07750',
  },
  grinsztajn2022: {
    citation:
      'Grinsztajn, Oyallon & Varoquaux, Why do tree-based models still outperform deep learning on tabular data?, 2022',
    url: 'https://arxiv.org/abs/2207.08815',
  },
  yosinski2014: {
    citation: 'Yosinski et al., How transferable are features in deep neural networks?, 2014',
    url: 'https://arxiv.org/abs/1411.1792',
  },
  raghu2019: {
    citation: 'Raghu et al., Transfusion: Understanding Transfer Learning for Medical Imaging, 2019',
    url: 'https://arxiv.org/abs/1902.07208',
  },
  caruana1997: {
    citation: 'Caruana, Multitask Learning, 1997',
    url: 'https://doi.org/10.1023/A:1007379606734',
  },
  choice: {
    citation: 'chosen by this project; the direction is published, the figure is not',
    url: undefined,
  },
} as const satisfies Record<string, { readonly citation: string; readonly url: string | undefined }>;

export type CitationId = keyof typeof CITATIONS;
