import * as l10n from '@vscode/l10n';
import type { Condition } from '../advisor/advice';
import { formatCount, formatNames, formatSize, formatSufficient } from './quantities';

type Of<Id extends Condition['id']> = Condition & { readonly id: Id };

/** The condition as a sentence in the display language, true as it stands. */
export function conditionText(condition: Condition): string {
  switch (condition.id) {
    case 'same-input':
      return sameInput(condition);
    case 'source-has-more-data':
      return moreData(condition);
    case 'features-help':
      return sharedFeatures(condition);
    case 'target-ample':
    case 'target-not-ample':
      return ownData(condition);
    case 'others-have-more-data':
      return othersData(condition);
    case 'no-dominant-task':
      return dominance(condition);
    case 'network-large-enough':
      return networkSize(condition);
    case 'missing-labels-masked':
      return l10n.t('Missing labels ({0}) are masked out of the loss.', formatNames(condition.tasks));
    case 'enough-for-end-to-end':
    case 'end-to-end-data-short':
      return endToEndData(condition);
    case 'steps-not-worth-their-cost':
      return l10n.t('Assumed: the outputs of the intermediate steps are not needed.');
    case 'stage-has-more-data':
      return stageData(condition);
    case 'stage-engineered':
      return l10n.t('Stage {0} is engineered and needs no data.', condition.stage);
    case 'nothing-else-holds':
      return condition.status === 'met'
        ? l10n.t('No other strategy meets its conditions.')
        : l10n.t('Another strategy meets its conditions, or may meet them.');
  }
}

/**
 * The conditions that tell a reader something: that a single other task does not dominate says no more than the
 * comparison of their sizes.
 */
export function tellingConditions(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(
    each => each.id !== 'no-dominant-task' || each.status !== 'met' || each.otherTasks > 1,
  );
}

function sameInput({ sources, target, status, difference }: Of<'same-input'>): string {
  const names = formatNames(sources);
  if (status === 'met') return l10n.t('{0} and {1} have the same kind of input.', names, target);
  switch (difference?.kind) {
    case 'modality':
      return l10n.t(
        'The modalities differ: {2} for {0}, {3} for {1}.',
        names,
        target,
        difference.other,
        difference.target,
      );
    case 'sensor':
      return l10n.t(
        'The sensors differ: {2} for {0}, {3} for {1}.',
        names,
        target,
        difference.other,
        difference.target,
      );
    case 'channels':
      return l10n.t(
        'The numbers of channels differ: {2} for {0}, {3} for {1}.',
        names,
        target,
        difference.other,
        difference.target,
      );
    case 'columns':
      return l10n.t(
        'The numbers of columns differ: {2} for {0}, {3} for {1}.',
        names,
        target,
        difference.other,
        difference.target,
      );
    case 'features':
      return l10n.t(
        'The numbers of features per frame differ: {2} for {0}, {3} for {1}.',
        names,
        target,
        difference.other,
        difference.target,
      );
    case 'unstated':
      return l10n.t('The input of {0} or {1} is not declared. Set input= to compare them.', names, target);
    case 'sample-rate':
    case undefined:
      return l10n.t(
        '{0} and {1} have the same kind of input, as far as the annotations tell.',
        names,
        target,
      );
  }
}

function moreData({ sources, target, status, sizes }: Of<'source-has-more-data'>): string {
  const names = formatNames(sources);
  switch (sizes.kind) {
    case 'units-differ':
      return l10n.t('The sizes of {0} and {1} are in units that cannot be compared.', names, target);
    case 'target-unstated':
      return unstated(target);
    case 'source-unstated':
      return unstated(names);
    case 'compared': {
      const [theirs, own] = [formatSize(sizes.sources), formatSize(sizes.target)];
      // Several are pre-trained on together only where together they do have more.
      if (sources.length > 1)
        return l10n.t('Together, {0} have more data than {1}: {2} vs. {3}.', names, target, theirs, own);
      return status === 'met'
        ? l10n.t('{0} has more data than {1}: {2} vs. {3}.', names, target, theirs, own)
        : l10n.t('{0} does not have more data than {1}: {2} vs. {3}.', names, target, theirs, own);
    }
  }
}

function unstated(names: string): string {
  return l10n.t('The size of the data for {0} is not stated.', names);
}

function sharedFeatures({ tasks, strategy, status, canBeDeclared }: Of<'features-help'>): string {
  const names = formatNames(tasks);
  if (status === 'unmet')
    return l10n.t('The annotations declare that no low-level features are shared with {0}.', names);
  if (status === 'met')
    return l10n.t('The annotations declare that low-level features are shared with {0}.', names);
  if (strategy === 'transfer')
    return canBeDeclared
      ? l10n.t(
          'Assumed: low-level features of {0} transfer, because the inputs are alike. Set shares_features_with to confirm.',
          names,
        )
      : l10n.t('Assumed: low-level features of {0} transfer, because the inputs are alike.', names);
  return canBeDeclared
    ? l10n.t(
        'Assumed: low-level features are shared with {0}, because the inputs are alike. Set shares_features_with to confirm.',
        names,
      )
    : l10n.t('Assumed: low-level features are shared with {0}, because the inputs are alike.', names);
}

function ownData({ id, status, target, data }: Of<'target-ample' | 'target-not-ample'>): string {
  switch (data.kind) {
    case 'unstated':
      return unstated(target);
    case 'no-reference':
      return l10n.t(
        '{0} has {1}; no published figure says how much is sufficient in this unit.',
        target,
        formatSize(data.size),
      );
    case 'compared': {
      const [size, sufficient] = [formatSize(data.size), formatSufficient(data.sufficient, data.size)];
      return (id === 'target-ample') === (status === 'met')
        ? l10n.t(
            '{0} has sufficient data: {1}; about {2} are usually enough to train alone.',
            target,
            size,
            sufficient,
          )
        : l10n.t('{0} has {1}; about {2} are usually enough to train alone.', target, size, sufficient);
    }
  }
}

function othersData({ target, otherTasks, status, sizes }: Of<'others-have-more-data'>): string {
  switch (sizes.kind) {
    case 'units-differ':
      return l10n.t('The sizes of the other tasks and {0} are in units that cannot be compared.', target);
    case 'unstated':
      return l10n.t('The size of the data for {0} or for the other tasks is not stated.', target);
    case 'compared': {
      const [others, own] = [formatSize(sizes.others), formatSize(sizes.target)];
      if (otherTasks === 1)
        return status === 'met'
          ? l10n.t('The other task has {0}; this task has {1}.', others, own)
          : l10n.t('The other task has only {0}; this task has {1}.', others, own);
      return status === 'met'
        ? l10n.t('The {0} other tasks have {1} in total; this task has {2}.', otherTasks, others, own)
        : l10n.t('The {0} other tasks have only {1} in total; this task has {2}.', otherTasks, others, own);
    }
  }
}

function dominance({ target, dominant, status }: Of<'no-dominant-task'>): string {
  if (status === 'met') return l10n.t('No other task has nearly all of the data.');
  if (status === 'unknown') return l10n.t('Some sizes are not stated, so one task may have nearly all data.');
  return dominant.length > 1
    ? l10n.t(
        'Each of {0} has far more data than {1}: use them as sources for transfer learning.',
        formatNames(dominant),
        target,
      )
    : l10n.t(
        '{0} has nearly all of the data: transfer from it, or use temperature sampling.',
        formatNames(dominant),
      );
}

function networkSize({ tasks, status, network }: Of<'network-large-enough'>): string {
  if (network.kind === 'unstated')
    return network.canBeDeclared
      ? l10n.t('Assumed: the network is large enough for {0} tasks. Set num_params to check.', tasks)
      : l10n.t('Assumed: the network is large enough for {0} tasks.', tasks);
  const parameters = formatCount(network.parameters);
  return status === 'met'
    ? l10n.t('A network with {0} parameters is large enough for {1} tasks.', parameters, tasks)
    : l10n.t(
        'A network with {0} parameters is too small for {1} tasks, which need about {2}. Separate networks work better.',
        parameters,
        tasks,
        formatCount(network.sufficient),
      );
}

function endToEndData({
  id,
  status,
  target,
  data,
}: Of<'enough-for-end-to-end' | 'end-to-end-data-short'>): string {
  switch (data.kind) {
    case 'no-data':
      return l10n.t('No dataset has end-to-end examples for {0}.', target);
    case 'unstated':
      return l10n.t('The number of end-to-end examples for {0} is not stated.', target);
    case 'no-reference':
      return l10n.t(
        '{0} has {1} end to end; no published figure says how much is needed in this unit.',
        target,
        formatSize(data.size),
      );
    case 'output-unstated':
      return l10n.t(
        '{0} has {1} end to end: enough for one number or a few classes (about {2}), too few for a more complex output (about {3}).',
        target,
        formatSize(data.size),
        formatSufficient(data.sufficientIfSimple, data.size),
        formatSufficient(data.sufficientIfComplex, data.size),
      );
    case 'compared': {
      const [size, sufficient] = [formatSize(data.size), formatSufficient(data.sufficient, data.size)];
      return (id === 'enough-for-end-to-end') === (status === 'met')
        ? l10n.t('{0} has sufficient end-to-end data: {1}; about {2} are needed.', target, size, sufficient)
        : l10n.t('{0} has too little end-to-end data: {1}; about {2} are needed.', target, size, sufficient);
    }
  }
}

function stageData({ stage, status, sizes }: Of<'stage-has-more-data'>): string {
  switch (sizes.kind) {
    case 'stage-unstated':
      return l10n.t('The size of the data for stage {0} is not stated.', stage);
    case 'units-differ':
      return l10n.t(
        'The sizes of stage {0} and of the end-to-end data are in units that cannot be compared.',
        stage,
      );
    case 'end-to-end-unstated':
      return l10n.t('Stage {0} has {1}; no end-to-end size is stated.', stage, formatSize(sizes.stage));
    case 'compared': {
      const [own, whole] = [formatSize(sizes.stage), formatSize(sizes.endToEnd)];
      if (status === 'met')
        return l10n.t(
          'Stage {0} is simpler than the end-to-end task and has at least as much data: {1} vs. {2}.',
          stage,
          own,
          whole,
        );
      return status === 'assumed'
        ? l10n.t(
            'Stage {0} has less data than the end-to-end task ({1} vs. {2}), but is simpler.',
            stage,
            own,
            whole,
          )
        : l10n.t('Stage {0} has far less data than the end-to-end task: {1} vs. {2}.', stage, own, whole);
    }
  }
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
