import { CITATIONS } from '../../../src/advisor/citations';

/** Every source that a condition, a figure or a note names; what only the docs link stands here. */
export const ALL_CITATIONS = {
  ...CITATIONS,
  risojevic2022: {
    citation:
      'Risojević & Stojnić, Do we still need ImageNet pre-training in remote sensing scene classification?, 2022',
    url: 'https://arxiv.org/abs/2111.03690',
  },
  howard2018: {
    citation: 'Howard & Ruder, Universal Language Model Fine-tuning for Text Classification, 2018',
    url: 'https://arxiv.org/abs/1801.06146',
  },
  bansal2019: {
    citation:
      'Bansal et al., Pre-training on high-resource speech recognition improves low-resource speech-to-text translation, 2019',
    url: 'https://arxiv.org/abs/1809.01431',
  },
  chiu2018: {
    citation: 'Chiu et al., State-of-the-art Speech Recognition with Sequence-to-Sequence Models, 2018',
    url: 'https://arxiv.org/abs/1712.01769',
  },
  kornblith2019: {
    citation: 'Kornblith, Shlens & Le, Do Better ImageNet Models Transfer Better?, 2019',
    url: 'https://arxiv.org/abs/1805.08974',
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
} as const;

export type AnyCitationId = keyof typeof ALL_CITATIONS;
