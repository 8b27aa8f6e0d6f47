import assert from 'node:assert/strict';
import {
  type NameLocation,
  definitionsOf,
  occurrenceAt,
  referencesOf,
  renameConflict,
} from '../../../src/language-service/definitions-and-references';
import { fileOf } from './support';

const TRAIN = [
  '# @dataset imagenet task=objects input=image num_examples=1.28M',
  '# @dataset films task=pneumonia,edema source_datasets=imagenet labels_present=pneumonia:80%,edema:60%',
  '# @task pneumonia target shares_features_with=objects',
  '# @pipeline words: audio -> "phonemes" -> words engineered="audio -> phonemes"',
  '# @dataset speech task=audio->words num_examples=5k',
].join('\n');
const OTHER = '# @dataset more task=pneumonia label=pneumonia:p num_examples=3k';
const files = [fileOf('train', TRAIN), fileOf('other', OTHER)];

function at(uri: string, text: string, name: string, nth = 0) {
  const file = files.find(each => each.uri === uri);
  const before = text.split('\n');
  const hits = before.flatMap((line, index) =>
    [...line.matchAll(new RegExp(name, 'g'))].map(match => ({ line: index, column: match.index })),
  );
  const position = hits[nth];
  assert.ok(file && position);
  const found = occurrenceAt(file, position);
  assert.ok(found, `no name at ${position.line}:${position.column}`);
  return found;
}

const print = ({ uri, occurrence: { range } }: NameLocation): string =>
  `${uri}:${range.start.line}:${range.start.column}-${range.end.column}`;

describe('navigation', () => {
  it('goes from a name to its declaration, in whichever file', () => {
    assert.deepEqual(definitionsOf(files, at('other', OTHER, 'pneumonia')).map(print), ['train:2:8-17']);
    assert.deepEqual(definitionsOf(files, at('train', TRAIN, 'imagenet', 1)).map(print), ['train:0:11-19']);
  });

  it('goes to the first place that names an inferred task, or to its pipeline', () => {
    assert.deepEqual(definitionsOf(files, at('train', TRAIN, 'objects', 1)).map(print), ['train:0:25-32']);
    const words = definitionsOf(files, at('train', TRAIN, 'words', 1)).map(print);
    assert.deepEqual(words, ['train:3:12-17']);
  });

  it('finds all references, in lists, pairs and steps', () => {
    assert.deepEqual(referencesOf(files, at('train', TRAIN, 'pneumonia')).map(print), [
      'train:1:22-31',
      'train:1:78-87',
      'train:2:8-17',
      'other:0:21-30',
      'other:0:37-46',
    ]);
    const text = TRAIN.split('\n');
    for (const { occurrence } of referencesOf(files.slice(0, 1), at('train', TRAIN, 'words', 2)))
      assert.equal(
        text[occurrence.range.start.line]?.slice(occurrence.range.start.column, occurrence.range.end.column),
        'words',
      );
  });

  it('finds the ends of a quoted step', () => {
    const text = TRAIN.split('\n');
    for (const name of ['audio', 'phonemes'])
      for (const { occurrence } of referencesOf(files.slice(0, 1), {
        ...at('train', TRAIN, 'audio'),
        name,
      })) {
        const { start, end } = occurrence.range;
        assert.equal(text[start.line]?.slice(start.column, end.column), name);
      }
  });

  it('is nowhere between names', () => {
    const [file] = files;
    assert.ok(file);
    assert.equal(occurrenceAt(file, { line: 0, column: 3 }), undefined);
    assert.equal(occurrenceAt(file, { line: 0, column: 40 }), undefined);
    assert.equal(occurrenceAt(file, { line: 99, column: 0 }), undefined);
  });

  it('keeps names apart and readable when they change', () => {
    const pneumonia = at('train', TRAIN, 'pneumonia');
    assert.equal(renameConflict(files, pneumonia, 'lung-opacity'), undefined);
    assert.equal(renameConflict(files, pneumonia, 'pneumonia'), undefined);
    assert.equal(renameConflict(files, pneumonia, 'edema'), 'taken');
    assert.equal(renameConflict(files, pneumonia, 'imagenet'), undefined);
    for (const bad of ['', 'a b', 'a=b', 'a,b', 'none', '--', 'a->b'])
      assert.equal(renameConflict(files, pneumonia, bad), 'bad-name', bad);
  });
});
