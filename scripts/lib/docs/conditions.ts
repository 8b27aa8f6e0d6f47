import type { ConditionId, Strategy } from '../../../src/advisor/advice';
import type { CitationId } from '../../../src/advisor/citations';

interface ConditionText {
  readonly strategies: readonly Strategy[];
  /** When it is met; `{name}` stands for a threshold's value. */
  readonly met: string;
  /** What becomes of it where the annotations do not tell. */
  readonly otherwise: string;
  /** `thresholds`: that of the threshold that applies. */
  readonly source: CitationId | 'thresholds' | Readonly<Partial<Record<Strategy, CitationId>>>;
}

/** Each condition as `src/advisor/` judges it, in words; a test holds strategies and sources against the advice. */
export const CONDITIONS: Readonly<Record<ConditionId, ConditionText>> = {
  'enough-for-end-to-end': {
    strategies: ['end-to-end'],
    met: 'The X→Y data is sufficient for the mapping (below).',
    otherwise: 'unknown without a size, a comparable unit or, where it matters, `output=`',
    source: 'thresholds',
  },
  'steps-not-worth-their-cost': {
    strategies: ['end-to-end'],
    met: 'The outputs of the intermediate steps are not needed; no annotation can declare this.',
    otherwise: 'always assumed',
    source: 'ng2018',
  },
  'end-to-end-data-short': {
    strategies: ['pipeline'],
    met: 'The X→Y data is insufficient for the mapping, or there is none.',
    otherwise: 'unknown, as above',
    source: 'thresholds',
  },
  'stage-has-more-data': {
    strategies: ['pipeline'],
    met: 'A learned stage has at least as much data as the end-to-end task, or the latter states no size.',
    otherwise:
      'assumed from {stageMayHaveLess} of the end-to-end data, because a stage is simpler; unknown where a size is missing or units cannot be compared',
    source: 'ng2018',
  },
  'stage-engineered': {
    strategies: ['pipeline'],
    met: 'The stage is listed in `engineered=` and needs no data.',
    otherwise: '',
    source: 'ng2018',
  },
  'same-input': {
    strategies: ['transfer'],
    met: 'Both have the same modality, channels, columns, features per frame and sensor. Sizes may differ, and so may sampling rates, which can be converted.',
    otherwise:
      'assumed where a shape or sensor is stated on one side only, and for tables with the same number of columns; unknown without a modality',
    source: 'ng2018',
  },
  'source-has-more-data': {
    strategies: ['transfer'],
    met: 'The source has more data than the target (several sources: together).',
    otherwise: 'unknown where a size is missing or units cannot be compared',
    source: 'ng2018',
  },
  'features-help': {
    strategies: ['transfer', 'multitask'],
    met: '`shares_features_with` names the task, on either side. It is unmet where it names others only, or is `none`.',
    otherwise: 'assumed where neither side declares it',
    source: { transfer: 'yosinski2014', multitask: 'ng2018' },
  },
  'target-not-ample': {
    strategies: ['transfer'],
    met: 'The target’s own data is not [sufficient](#when-data-is-sufficient).',
    otherwise: 'unknown without a size, or in a unit without a published figure',
    source: 'thresholds',
  },
  'others-have-more-data': {
    strategies: ['multitask'],
    met: 'The other tasks together have at least {multitaskLeastRatio} times the target’s data.',
    otherwise: 'unknown where sizes are missing or units cannot be compared',
    source: 'ng2018',
  },
  'no-dominant-task': {
    strategies: ['multitask'],
    met: 'No other task has more than {dominance} times the target’s data and at least {dominantShare} of what the others have, and not all of them have more than {dominance} times. A dominant task is a source to transfer from; labels on the same examples never dominate.',
    otherwise: 'unknown where a size is missing',
    source: 'ng2018',
  },
  'network-large-enough': {
    strategies: ['multitask'],
    met: '`num_params` is at least {paramsPerTask} for each task ({tabularParamsPerTask} for tables).',
    otherwise: 'assumed without `num_params`',
    source: 'caruana1997',
  },
  'missing-labels-masked': {
    strategies: ['multitask'],
    met: 'Some examples lack a label (`labels_present`): always met, because such labels are masked out of the loss.',
    otherwise: '',
    source: 'ng2018',
  },
  'target-ample': {
    strategies: ['single-task'],
    met: 'The target’s own data is [sufficient](#when-data-is-sufficient).',
    otherwise: 'unknown without a size, or in a unit without a published figure',
    source: 'thresholds',
  },
  'nothing-else-holds': {
    strategies: ['single-task'],
    met: 'No other strategy is among those advised.',
    otherwise: '',
    source: 'ng2018',
  },
};
