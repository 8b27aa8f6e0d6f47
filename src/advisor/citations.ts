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
  risojevic2022: {
    citation:
      'Risojević & Stojnić, Do we still need ImageNet pre-training in remote sensing scene classification?, 2022',
    url: 'https://arxiv.org/abs/2111.03690',
  },
  liu2019: {
    citation: 'Liu et al., Multi-Task Deep Neural Networks for Natural Language Understanding, 2019',
    url: 'https://arxiv.org/abs/1901.11504',
  },
  howard2018: {
    citation: 'Howard & Ruder, Universal Language Model Fine-tuning for Text Classification, 2018',
    url: 'https://arxiv.org/abs/1801.06146',
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
  bansal2019: {
    citation:
      'Bansal et al., Pre-training on high-resource speech recognition improves low-resource speech-to-text translation, 2019',
    url: 'https://arxiv.org/abs/1809.01431',
  },
  warden2018: { citation: 'Warden, Speech Commands, 2018', url: 'https://arxiv.org/abs/1804.03209' },
  chiu2018: {
    citation: 'Chiu et al., State-of-the-art Speech Recognition with Sequence-to-Sequence Models, 2018',
    url: 'https://arxiv.org/abs/1712.01769',
  },
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
  kornblith2019: {
    citation: 'Kornblith, Shlens & Le, Do Better ImageNet Models Transfer Better?, 2019',
    url: 'https://arxiv.org/abs/1805.08974',
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
  kendall2018: {
    citation: 'Kendall, Gal & Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, 2018',
    url: 'https://arxiv.org/abs/1705.07115',
  },
  kurin2022: {
    citation: 'Kurin et al., In Defense of the Unitary Scalarization for Deep Multi-Task Learning, 2022',
    url: 'https://arxiv.org/abs/2201.04122',
  },
  raffel2020: {
    citation:
      'Raffel et al., Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer, 2020',
    url: 'https://arxiv.org/abs/1910.10683',
  },
  kumar2022: {
    citation:
      'Kumar et al., Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution, 2022',
    url: 'https://arxiv.org/abs/2202.10054',
  },
  kolesnikov2020: {
    citation: 'Kolesnikov et al., Big Transfer (BiT), 2020',
    url: 'https://arxiv.org/abs/1912.11370',
  },
  choice: {
    citation: 'chosen by this project; the direction is published, the figure is not',
    url: undefined,
  },
} as const satisfies Record<string, { readonly citation: string; readonly url: string | undefined }>;

export type CitationId = keyof typeof CITATIONS;
