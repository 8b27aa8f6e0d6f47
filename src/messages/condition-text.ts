import * as l10n from '@vscode/l10n';
import type { Condition, ConditionId } from '../advisor/advice';
import { formatFact } from './quantities';

type Statement = (f: (i: number) => string, condition: Condition) => string;

/** What was found about each condition, in a sentence that is true as it stands. */
const STATEMENTS: Readonly<Record<ConditionId, Statement>> = {
  'same-input': sameInput,
  'source-has-more-data': (f, { status, variant, facts: [sources] }) => {
    if (variant === 'units')
      return l10n.t('The data of {0} and of {1} is counted in units that do not compare.', f(0), f(1));
    if (variant === 'own-unstated') return l10n.t('It is not stated how much data there is for {0}.', f(1));
    if (status === 'unknown') return l10n.t('It is not stated how much data there is for {0}.', f(0));
    // Several are pre-trained on together only where together they do have more.
    if (Array.isArray(sources) && sources.length > 1)
      return l10n.t('Together {0} have more data than {1}: {2} against {3}.', f(0), f(1), f(2), f(3));
    return status === 'met'
      ? l10n.t('{0} has more data than {1}: {2} against {3}.', f(0), f(1), f(2), f(3))
      : l10n.t('{0} has no more data than {1}: {2} against {3}.', f(0), f(1), f(2), f(3));
  },
  'features-help': (f, condition) => {
    if (condition.status === 'unmet')
      return l10n.t('The annotations say that low-level features of {0} do not help.', f(0));
    if (condition.status === 'met')
      return l10n.t('The annotations say that low-level features are shared with {0}.', f(0));
    return assumedFeatures(f(0), condition);
  },
  'target-not-ample': ample,
  'target-ample': ample,
  'others-have-more-data': (f, { status, variant }) => {
    if (variant === 'units')
      return l10n.t(
        'The data of the other tasks is counted in units that do not compare with that of {0}.',
        f(1),
      );
    if (variant === 'unstated')
      return l10n.t('It is not stated how much data the other tasks have, or {0}.', f(1));
    if (f(0) === '1')
      return status === 'met'
        ? l10n.t('The other task has {0}, this one {1}.', f(2), f(3))
        : l10n.t('The other task has only {0}, this one {1}.', f(2), f(3));
    return status === 'met'
      ? l10n.t('The other tasks together ({0}) have {2}, this one {3}.', f(0), f(1), f(2), f(3))
      : l10n.t('The other tasks together ({0}) have only {2}, this one {3}.', f(0), f(1), f(2), f(3));
  },
  'no-dominant-task': (f, { status, variant }) =>
    status === 'unmet'
      ? variant === 'all'
        ? l10n.t('Each of {0} has far more data than {1}: they are sources to transfer from.', f(0), f(1))
        : l10n.t('{0} alone has nearly all the data: transfer from it, or sample tasks by temperature.', f(0))
      : status === 'met'
        ? l10n.t('No single other task has nearly all the data.')
        : l10n.t('Whether one task dominates cannot be told while sizes are missing.'),
  'network-large-enough': (f, { status, variant }) =>
    variant === 'step'
      ? l10n.t('The network is large enough for {0} tasks: assumed.', f(1))
      : status === 'assumed'
        ? l10n.t(
            'The network is large enough for {1} tasks: assumed; num_params would settle it.',
            f(0),
            f(1),
          )
        : status === 'met'
          ? l10n.t('A network of {0} parameters is large enough for {1} tasks.', f(0), f(1))
          : l10n.t(
              'A network of {0} parameters is too small for {1} tasks, which take about {2}: separate networks win.',
              f(0),
              f(1),
              f(2),
            ),
  'missing-labels-masked': f =>
    l10n.t('Labels missing on some examples ({0}) are masked out of the loss; they are no obstacle.', f(0)),
  'enough-for-end-to-end': (f, { status, variant }) => {
    if (variant !== undefined) return wholeUnknown(f, variant);
    return status === 'met'
      ? l10n.t('There are enough direct examples for {0}: {1}, where about {2} are needed.', f(0), f(1), f(2))
      : l10n.t(
          'There are too few direct examples for {0}: {1}, where about {2} are needed.',
          f(0),
          f(1),
          f(2),
        );
  },
  'end-to-end-data-short': (f, { status, variant }) => {
    if (variant !== undefined) return wholeUnknown(f, variant);
    return status === 'met'
      ? l10n.t('Direct examples for {0} are short: {1}, where about {2} are needed.', f(0), f(1), f(2))
      : l10n.t('Direct examples for {0} are not short: {1}, where about {2} are needed.', f(0), f(1), f(2));
  },
  'steps-not-worth-their-cost': () => l10n.t('The intermediate steps are of no use in themselves: assumed.'),
  'stage-has-more-data': (f, { status, variant }) => {
    if (variant === 'unstated') return l10n.t('It is not stated how much data the stage {0} has.', f(0));
    if (variant === 'units')
      return l10n.t(
        'The data of the stage {0} is counted in units that do not compare with the whole.',
        f(0),
      );
    if (variant === 'no-whole')
      return l10n.t('The stage {0} has {1}; the whole mapping has none stated.', f(0), f(1));
    if (status === 'met')
      return l10n.t(
        'The stage {0} is simpler than the whole and has as much data or more: {1} against {2}.',
        f(0),
        f(1),
        f(2),
      );
    return status === 'assumed'
      ? l10n.t(
          'The stage {0} has less data than the whole ({1} against {2}), but is simpler.',
          f(0),
          f(1),
          f(2),
        )
      : l10n.t('The stage {0} has far less data than the whole: {1} against {2}.', f(0), f(1), f(2));
  },
  'stage-engineered': f => l10n.t('The stage {0} is engineered and needs no data.', f(0)),
  'nothing-else-holds': (_f, { status }) =>
    status === 'met'
      ? l10n.t('No other strategy has its conditions met.')
      : l10n.t('Another strategy has its conditions met, or may have.'),
};

function assumedFeatures(names: string, { strategy, variant }: Condition): string {
  const settled = variant !== 'step';
  if (strategy === 'transfer')
    return settled
      ? l10n.t(
          'Low-level features of {0} help: assumed from the same kind of input; shares_features_with would settle it.',
          names,
        )
      : l10n.t('Low-level features of {0} help: assumed from the same kind of input.', names);
  return settled
    ? l10n.t(
        'Low-level features are shared with {0}: assumed from the same kind of input; shares_features_with would settle it.',
        names,
      )
    : l10n.t('Low-level features are shared with {0}: assumed from the same kind of input.', names);
}

function sameInput(f: (i: number) => string, { status, variant }: Condition): string {
  if (status === 'met') return l10n.t('{0} and {1} have the same kind of input.', f(0), f(1));
  switch (variant) {
    case 'modality':
      return l10n.t('{0} and {1} have different inputs: {2} against {3}.', f(0), f(1), f(3), f(2));
    case 'channels':
      return l10n.t(
        '{0} and {1} differ in channels, {2} against {3}: not the same input.',
        f(0),
        f(1),
        f(3),
        f(2),
      );
    case 'sensor':
      return l10n.t(
        '{0} and {1} come from different sensors, {2} and {3}: not the same input.',
        f(0),
        f(1),
        f(3),
        f(2),
      );
    case 'columns':
      return l10n.t(
        '{0} and {1} have different columns, {2} against {3}: not the same input.',
        f(0),
        f(1),
        f(3),
        f(2),
      );
    case 'features':
      return l10n.t(
        '{0} and {1} have different features in each frame, {2} against {3}: not the same input.',
        f(0),
        f(1),
        f(3),
        f(2),
      );
    case 'unstated':
      return l10n.t('The kind of input of {0} or {1} is not stated.', f(0), f(1));
    default:
      return l10n.t('{0} and {1} have the same kind of input, as far as stated.', f(0), f(1));
  }
}

function ample(f: (i: number) => string, condition: Condition): string {
  if (condition.variant === 'unstated')
    return l10n.t('It is not stated how much data there is for {0}.', f(0));
  if (condition.variant === 'units')
    return l10n.t('For {1} of {0} no figure is known from which data is ample.', f(0), f(1));
  const isAmple = (condition.id === 'target-ample') === (condition.status === 'met');
  return isAmple
    ? l10n.t('{0} has ample data of its own: {1}, where about {2} are ample.', f(0), f(1), f(2))
    : l10n.t('{0} is short of data of its own: {1}, where about {2} would be ample.', f(0), f(1), f(2));
}

function wholeUnknown(f: (i: number) => string, variant: string): string {
  if (variant === 'no-data') return l10n.t('No dataset has direct examples for {0}.', f(0));
  if (variant === 'units')
    return l10n.t('For {1} of {0} no figure is known from which end-to-end learning works.', f(0), f(1));
  if (variant === 'output-unstated')
    return l10n.t(
      '{1} for {0} are enough if it is one number or a few classes (about {2}), and too few if it is more (about {3}).',
      f(0),
      f(1),
      f(2),
      f(3),
    );
  return l10n.t('It is not stated how many direct examples {0} has.', f(0));
}

/** The condition as a sentence in the display language. */
export function conditionText(condition: Condition): string {
  return STATEMENTS[condition.id](i => formatFact(condition.facts[i]), condition);
}

/** How a condition stands, in a word; one that this version does not know, as it is. */
export function statusName(status: string): string {
  switch (status) {
    case 'met':
      return l10n.t('met');
    case 'unmet':
      return l10n.t('unmet');
    case 'assumed':
      return l10n.t('assumed');
    case 'unknown':
      return l10n.t('unknown');
    default:
      return status;
  }
}
