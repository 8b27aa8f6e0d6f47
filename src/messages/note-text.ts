import * as l10n from '@vscode/l10n';
import type { Note } from '../advisor/advice';
import { formatCount, formatNames, formatSize, strategyName } from './quantities';

/** The note as a sentence in the display language: what to do, what to ask and what to know. */
export function noteText(note: Note): string {
  switch (note.id) {
    case 'no-data':
      return l10n.t(
        'No dataset has labels for {0}. Add one: @dataset NAME task={0} num_examples=…',
        note.task,
      );
    case 'ask-own-size':
      return l10n.t(
        'How much data does {0} have? Set num_examples of {1}: the advice depends on it.',
        note.task,
        formatNames(note.datasets),
      );
    case 'ask-source-size':
      return l10n.t(
        'The size of {0} is not stated. Set num_examples: the advice depends on it.',
        formatNames(note.datasets),
      );
    case 'ask-stage-data':
      return l10n.t(
        'The size of the data for {0} is not stated. Annotate a dataset for each of these stages, or list them in engineered=.',
        formatNames(note.stages),
      );
    case 'ask-output':
      return l10n.t(
        'What does {0} predict? Set output= (class:10, real:1, box or sequence): the advice depends on it.',
        note.task,
      );
    case 'units-differ':
      return l10n.t(
        'The sizes of {0} are not in {1} and were not compared. State all sizes in the same unit.',
        formatNames(note.tasks),
        note.unit,
      );
    case 'convert-channels':
      return l10n.t(
        'To transfer from {0}, repeat the single channel {1} times and update input=.',
        note.source,
        note.channels,
      );
    case 'resample-audio':
      return l10n.t(
        'Resample one of the two: this task is sampled at {0} Hz, {1} at {2} Hz.',
        note.targetRate,
        note.source,
        note.sourceRate,
      );
    case 'fine-tune-head':
      return l10n.t(
        'With {0}, first train a new head on frozen features. Unfreeze more layers only if the validation metric improves (Kumar 2022).',
        formatSize(note.size),
      );
    case 'fine-tune-gradually':
      return l10n.t(
        'With {0}, train the head first, then fine-tune all layers at a lower learning rate (Kumar 2022).',
        formatSize(note.size),
      );
    case 'fine-tune-everything':
      return l10n.t(
        'With {0}, fine-tune all layers (BiT-HyperRule, Kolesnikov 2020).',
        formatSize(note.size),
      );
    case 'freeze-batch-norm':
      return l10n.t('Keep the batch-norm statistics of frozen layers fixed; otherwise fine-tuning degrades.');
    case 'mask-missing-labels':
      return l10n.t(
        'Mask missing labels per task: sum(mask · loss) / max(sum(mask), 1), then sum over the tasks.',
      );
    case 'sample-by-temperature':
      return l10n.t(
        'The task sizes differ widely. Sample tasks with p ∝ n^(1/T), T ≈ 2, so that the large ones do not dominate (Raffel 2020).',
      );
    case 'tune-loss-weights':
      return l10n.t(
        'Start with equal loss weights, then tune them on a small fixed grid: they can decide whether multitask learning helps or hurts (Kendall 2018, Kurin 2022).',
      );
    case 'fine-tune-on-target':
      return l10n.t(
        'Then fine-tune on {0} alone: this recovers accuracy that joint training may cost (MT-DNN, Liu 2019).',
        note.target,
      );
    case 'network-too-small':
      return l10n.t(
        'A network with {0} parameters is too small for {1} tasks; use about {2} or more to share one.',
        formatCount(note.parameters),
        note.tasks,
        formatCount(note.sufficient),
      );
    case 'count-instances':
      return l10n.t(
        'Set instances_per_example of {0}: detection depends on the number of instances, not of images (COCO has 7.3 per image, VOC 2.3; He 2018).',
        note.dataset,
      );
    case 'other-sources':
      return l10n.t('Other possible sources: {0}.', formatNames(note.sources));
    case 'left-out-of-scope':
      return l10n.t(
        '{0} tasks of other folders are not considered. Name those that may help in shares_features_with.',
        note.tasks,
      );
    case 'pretrain-on-all':
      return l10n.t(
        'No single source has more data than the target. Pre-train on {0} together.',
        formatNames(note.sources),
      );
    case 'transfer-converges-sooner':
      return l10n.t(
        'Expect similar accuracy. Transfer learning converges faster (60k vs. 220k iterations on COCO, He 2018); single-task training needs no source.',
      );
    case 'single-task-is-cheapest':
      return l10n.t('Single-task training is the cheapest of these and needs no other data.');
    case 'multitask-one-network':
      return l10n.t('Expect similar accuracy. One network for all tasks is cheaper to run than several.');
    case 'merged-stages':
      return l10n.t(
        'One dataset covers several steps, which are learned as one stage: {0}.',
        formatNames(note.stages),
      );
    case 'measured-stale':
      return l10n.t('The data or the annotations have changed since the pilot. Run it again.');
    case 'rules-disagree':
      return l10n.t(
        'Measured on {0} examples; the rules alone recommend {1}.',
        formatCount(note.examples),
        strategyName(note.recommendation),
      );
    case 'rules-agree':
      return l10n.t('Measured on {0} examples; the rules agree.', formatCount(note.examples));
    case 'rules-compatible':
      return l10n.t(
        'Measured on {0} examples: a tie, with which the rules, which recommend {1}, are compatible.',
        formatCount(note.examples),
        strategyName(note.recommendation),
      );
    case 'rules-not-ruled-out':
      return l10n.t(
        'Measured on {0} examples; the rules alone recommend {1}, which is not ruled out.',
        formatCount(note.examples),
        strategyName(note.recommendation),
      );
    case 'pilot-undecided':
      return l10n.t(
        'A pilot was undecided at {0} examples, so this is the advice of the rules. Its report says what would decide.',
        formatCount(note.examples),
      );
    case 'pilot-too-small':
      return l10n.t(
        'A pilot compared the strategies at {0} of {1} examples, too few to replace the rules. Resume it, or run it longer.',
        formatCount(note.examples),
        formatCount(note.available),
      );
    case 'pilot-of-earlier-version':
      return l10n.t(
        'The pilot at {0} examples is by an earlier version, whose verdicts do not replace the rules. Run a new one.',
        formatCount(note.examples),
      );
  }
}
