import * as l10n from '@vscode/l10n';
import type { Note, NoteId, Strategy } from '../advisor/advice';
import { formatFact, strategyName } from './quantities';

type Text = (f: (i: number) => string, note: Note) => string;

/** What to do, what to ask and what to know, in words. */
const NOTES: Readonly<Record<NoteId, Text>> = {
  'no-data': f =>
    l10n.t('No dataset has labels for {0}. Annotate one: @dataset NAME task={0} num_examples=…', f(0)),
  'ask-own-size': f =>
    l10n.t('How much data does {0} have? State num_examples of {1}; the advice depends on it.', f(0), f(1)),
  'ask-source-size': f =>
    l10n.t('The size of {0} is not stated. State num_examples; the advice depends on it.', f(0)),
  'ask-stage-data': f =>
    l10n.t(
      'It is not stated how much data there is for {0}: annotate a dataset for each such stage, or list it under engineered=.',
      f(0),
    ),
  'ask-output': f =>
    l10n.t(
      'What does {0} predict? State output= of it (class:10, real:1, box, sequence); the advice depends on it.',
      f(0),
    ),
  'units-differ': f =>
    l10n.t(
      '{0}: counted in other units than {1}, so the sizes were not compared. State them in the same unit.',
      f(0),
      f(1),
    ),
  'convert-channels': f =>
    l10n.t('To use {0} as a source, repeat the one channel {1} times and say so in input=.', f(0), f(1)),
  'resample-audio': f =>
    l10n.t('Resample one of the two: this task has {1} Hz, {0} has {2} Hz.', f(0), f(1), f(2)),
  'fine-tune-head': f =>
    l10n.t(
      'With {0}, train a new head on frozen features first; unfreeze more only if validation improves (Kumar 2022).',
      f(0),
    ),
  'fine-tune-gradually': f =>
    l10n.t('With {0}, train the head first, then everything at a lower learning rate (Kumar 2022).', f(0)),
  'fine-tune-everything': f =>
    l10n.t('With {0}, fine-tune everything (BiT-HyperRule, Kolesnikov 2020).', f(0)),
  'freeze-batch-norm': () =>
    l10n.t('Keep the batch-norm statistics of frozen layers fixed, or the transfer is ruined.'),
  'mask-missing-labels': () =>
    l10n.t('Mask missing labels per task: sum(mask · loss) / max(sum(mask), 1), then add up the tasks.'),
  'sample-by-temperature': () =>
    l10n.t(
      'The tasks are very unequal: sample them with p ∝ n^(1/T), T about 2 (Raffel 2020), so that the large ones do not drown the small.',
    ),
  'tune-loss-weights': () =>
    l10n.t(
      'Start with equal loss weights and tune a small static grid: weights can flip the sign of the effect (Kendall 2018, Kurin 2022).',
    ),
  'fine-tune-on-target': f =>
    l10n.t(
      'Then fine-tune on {0} alone: it repairs what joint training costs an odd task (MT-DNN, Liu 2019).',
      f(0),
    ),
  'network-too-small': f =>
    l10n.t(
      'With {0} parameters the network is too small for {1} tasks; from about {2} on they can share it.',
      f(0),
      f(1),
      f(2),
    ),
  'count-instances': f =>
    l10n.t(
      'State instances_per_example of {0}: for detection instances count, not images (COCO 7.3, VOC 2.3; He 2018).',
      f(0),
    ),
  'localisation-gains-less': () =>
    l10n.t(
      'A classification source teaches little about location; expect less from it for boxes, masks and keypoints (He 2018).',
    ),
  'other-sources': f => l10n.t('Other possible sources: {0}.', f(0)),
  'pretrain-on-all': f => l10n.t('No single source has more data; pre-train on {0} together.', f(0)),
  'transfer-converges-sooner': () =>
    l10n.t(
      'Accuracy will be level; transfer converges sooner (COCO: 60k against 220k iterations, He 2018), single-task training needs no source.',
    ),
  'single-task-is-cheapest': () =>
    l10n.t('Single-task training is the cheapest of these and needs no other data.'),
  'multitask-one-network': () =>
    l10n.t('Accuracy will be about level; one network for all tasks is cheaper to run than several.'),
  'tuning-decides': () =>
    l10n.t(
      'Near this size tuning decides: untuned end-to-end 9.2 % word errors, conventional 6.7 %, tuned end-to-end 5.6 % (Chiu 2018). Run a pilot.',
    ),
  'stages-decided-separately': f => l10n.t('Each learned stage has its own advice: {0}.', f(0)),
  'merged-stages': f => l10n.t('One dataset spans several steps, which are learned as one stage: {0}.', f(0)),
  'measured-stale': () => l10n.t('The data or the annotations have changed since the pilot; run it again.'),
  'rules-disagree': (f, { facts }) =>
    l10n.t('Measured at {1} examples; the rules alone would have said {0}.', rulesSaid(facts[0]), f(1)),
  'rules-agree': f => l10n.t('Measured at {0} examples; the rules agree.', f(1)),
};

function rulesSaid(fact: unknown): string {
  return strategyName(fact as Strategy);
}

/** The note as a sentence in the display language. */
export function noteText(note: Note): string {
  return NOTES[note.id](i => formatFact(note.facts[i]), note);
}
