import assert from 'node:assert/strict';
import type { PilotResult } from '../../../src/advisor/advice';
import { advise } from '../../../src/advisor/advisor';
import { headline } from '../../../src/messages/advice-text';
import { noteText } from '../../../src/messages/note-text';
import { adviceOn, learningOn, problemOf } from './helpers';

const RADIOLOGY = problemOf(
  '@dataset imagenet task=objects input=image:224x224x3 num_examples=1.28M',
  '@dataset xray task=pneumonia input=image:224x224x3 num_examples=5k',
  '@task pneumonia target category=image-classification shares_features_with=objects',
);

const PILOT: PilotResult = {
  task: 'pneumonia',
  decision: 'learning',
  outcome: 'better',
  recommendation: 'single-task',
  acceptable: ['single-task'],
  from: [],
  n: 5_000,
  available: 5_000,
  complete: true,
};

describe('a pilot', () => {
  it('takes the place of the rules, which stay as conditions', () => {
    const advice = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [PILOT] });
    assert.equal(advice.basis, 'measured');
    assert.equal(advice.recommendation, 'single-task');
    assert.deepEqual(advice.from, []);
    assert.equal(advice.confidence, 'high');
    const rules = adviceOn(RADIOLOGY, 'pneumonia').conditions;
    // It would contradict what was measured of the others.
    assert.ok(rules.some(({ id }) => id === 'nothing-else-holds'));
    assert.deepEqual(
      advice.conditions,
      rules.filter(({ id }) => id !== 'nothing-else-holds'),
    );
    assert.equal(headline(advice), 'pneumonia: single-task training (measured)');
  });

  it('is compared with the rules, in words', () => {
    const [disagree] = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [PILOT] }).notes.map(noteText);
    assert.equal(disagree, 'Measured on 5,000 examples; the rules alone recommend transfer learning.');
    const transfer: PilotResult = {
      ...PILOT,
      recommendation: 'transfer',
      acceptable: ['transfer'],
      from: ['objects'],
    };
    const [agree] = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [transfer] }).notes.map(noteText);
    assert.equal(agree, 'Measured on 5,000 examples; the rules agree.');
  });

  it('is compatible with rules whose strategy ties, and agrees only with those of its own', () => {
    const acceptable = ['single-task', 'transfer'] as const;
    const [tie] = adviceOn(RADIOLOGY, 'pneumonia', {
      pilots: [{ ...PILOT, outcome: 'tie', acceptable }],
    }).notes.map(noteText);
    assert.match(tie ?? '', /a tie, with which the rules, which recommend transfer learning, are compatible/);
    const [open] = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [{ ...PILOT, acceptable }] }).notes.map(
      noteText,
    );
    assert.match(open ?? '', /recommend transfer learning, which is not ruled out/);
  });

  it('leaves the rules as they are where it decided nothing, was too small, or is of an earlier version', () => {
    const rules = adviceOn(RADIOLOGY, 'pneumonia');
    const { recommendation: _, ...undecided } = { ...PILOT, outcome: 'undecided' as const };
    const open: PilotResult[] = [
      undecided,
      { ...PILOT, outcome: 'too-small', n: 10, available: 360 },
      { ...PILOT, outcome: 'earlier-version' },
    ];
    const notes = open.map(pilot => {
      const advice = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [pilot] });
      assert.deepEqual({ ...advice, notes: advice.notes.slice(1) }, rules);
      return advice.notes.map(noteText)[0] ?? '';
    });
    assert.match(notes[0] ?? '', /undecided at 5,000 examples, so this is the advice of the rules/);
    assert.match(notes[1] ?? '', /at 10 of 360 examples, too few to replace the rules/);
    assert.match(notes[2] ?? '', /by an earlier version/);
  });

  it('puts its recommendation first among what is as good', () => {
    const tie: PilotResult = { ...PILOT, acceptable: ['transfer', 'single-task'] };
    const advice = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [tie] });
    assert.deepEqual(advice.acceptable, ['single-task', 'transfer']);
    assert.equal(advice.confidence, 'medium');
  });

  it('is believed little where it was ended early', () => {
    const advice = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [{ ...PILOT, complete: false }] });
    assert.equal(advice.confidence, 'low');
  });

  it('says how many examples it was worth', () => {
    const effectiveExamples = { value: 1_200, low: 700, high: 2_000, unit: 'examples' } as const;
    const advice = adviceOn(RADIOLOGY, 'pneumonia', { pilots: [{ ...PILOT, effectiveExamples }] });
    assert.deepEqual(advice.effectiveExamples, effectiveExamples);
  });

  it('speaks of its own task, stage and decision only', () => {
    const speech = problemOf(
      '@pipeline transcript: audio -> phonemes -> transcript engineered=phonemes->transcript',
      '@dataset calls task=audio->transcript input=audio num_examples=5k unit=hours',
      '@dataset aligned task=audio->phonemes input=audio num_examples=10k unit=hours',
      '@task transcript target category=automatic-speech-recognition',
    );
    const pilots: PilotResult[] = [
      { ...PILOT, task: 'transcript', stage: 'audio->phonemes' },
      { ...PILOT, task: 'other' },
    ];
    const bases = advise(speech, { pilots }).map(({ stage, basis }) => `${stage ?? 'transcript'} ${basis}`);
    assert.deepEqual(bases, ['transcript rules', 'transcript rules', 'audio->phonemes measured']);
    const whole = advise(speech, {
      pilots: [{ ...PILOT, task: 'transcript', decision: 'decomposition', recommendation: 'pipeline' }],
    });
    assert.deepEqual(
      whole.map(({ decision, basis }) => `${decision} ${basis}`),
      ['decomposition measured', 'learning rules', 'learning rules'],
    );
    assert.equal(learningOn(speech, 'transcript', 'audio->phonemes').basis, 'rules');
  });
});
