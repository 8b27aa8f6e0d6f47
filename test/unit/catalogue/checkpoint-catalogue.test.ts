import assert from 'node:assert/strict';
import {
  CHECKPOINTS,
  findCheckpoint,
  mainTrainingData,
  similarCheckpoint,
} from '../../../src/catalogue/checkpoint-catalogue';
import data from '../../../src/catalogue/checkpoints.json';
import { UNITS } from '../../../src/language/size-units';

describe('the catalogue of checkpoints', () => {
  it('reads every entry', () => {
    assert.equal(CHECKPOINTS.length, data.checkpoints.length);
  });

  it('has checkpoints of every kind of input', () => {
    const count = (modality: string): number =>
      CHECKPOINTS.filter(({ input }) => input.modality === modality).length;
    assert.ok(CHECKPOINTS.length >= 150, `${CHECKPOINTS.length}`);
    assert.ok(count('image') >= 100 && count('text') >= 50 && count('audio') >= 20);
    assert.ok(count('video') > 0 && count('tabular') > 0 && count('sequence') > 0);
  });

  it('has no name twice, and finds each by all of its names', () => {
    const names = CHECKPOINTS.flatMap(({ name, aliases }) => [name, ...aliases]);
    assert.equal(new Set(names).size, names.length);
    for (const checkpoint of CHECKPOINTS)
      for (const name of [checkpoint.name, ...checkpoint.aliases])
        assert.equal(findCheckpoint(name), checkpoint);
  });

  it('names for every entry the data and a source, and no figure out of range', () => {
    const licences = /^(?:apache-2\.0|mit|bsd-3-clause|cc-by(?:-nc)?-4\.0|[a-z]+-(?:ascl|amlr|license))$/;
    for (const [i, entry] of data.checkpoints.entries()) {
      const checkpoint = CHECKPOINTS[i];
      assert.equal(checkpoint?.name, entry.name);
      assert.equal(checkpoint.trainedOn.length, entry.trainedOn.length, entry.name);
      assert.ok(checkpoint.trainedOn.length > 0, entry.name);
      assert.match(
        checkpoint.source.address,
        /^https:\/\/(?:github\.com|huggingface\.co)\/\S+[^/]$/,
        entry.name,
      );
      const { parameters, licence, preprocessing = {} } = checkpoint;
      if (parameters !== undefined) assert.ok(parameters > 4e5 && parameters < 2e10, entry.name);
      if (licence !== undefined) assert.match(licence, licences, entry.name);
      const { resize, crop, mean, std, tokens } = preprocessing;
      if (crop !== undefined && resize !== undefined) assert.ok(resize >= crop, entry.name);
      for (const channel of [...(mean ?? []), ...(std ?? [])])
        assert.ok(channel > 0 && channel < 1, entry.name);
      if (tokens !== undefined) assert.ok(tokens >= 128 && tokens <= 4096, entry.name);
      const { input } = checkpoint;
      if (input.modality === 'image' && crop !== undefined && input.height !== undefined)
        assert.equal(input.height, crop, entry.name);
    }
  });

  it('states sizes in units of the language, and uses all of its data', () => {
    const used = new Set(data.checkpoints.flatMap(({ trainedOn }) => trainedOn));
    assert.deepEqual([...used].sort(), Object.keys(data.datasets).sort());
    for (const { trainedOn } of CHECKPOINTS)
      for (const { size, address } of trainedOn) {
        assert.match(address, /^https:\/\//);
        if (size) assert.ok(size.value > 0 && UNITS.includes(size.unit));
      }
  });

  it('says of well-known ones what their papers and libraries say', () => {
    const facts = (name: string): readonly unknown[] => {
      const known = findCheckpoint(name);
      assert.ok(known, name);
      const main = mainTrainingData(known);
      return [known.parameters, known.library, main?.id, main?.size];
    };
    const images = { value: 1281167, unit: 'examples' };
    assert.deepEqual(facts('resnet50'), [25557032, 'torchvision', 'imagenet-1k', images]);
    assert.deepEqual(facts('ResNet50'), [25636712, 'keras', 'imagenet-1k', images]);
    assert.deepEqual(facts('bert-base-uncased'), [
      110e6,
      'transformers',
      'wikipedia-and-books',
      { value: 3.3e9, unit: 'words' },
    ]);
    assert.deepEqual(facts('facebook/wav2vec2-base').slice(2), [
      'librispeech',
      { value: 960, unit: 'hours' },
    ]);
    assert.deepEqual(facts('google/vit-base-patch16-224').slice(2), [
      'imagenet-21k',
      { value: 14197122, unit: 'examples' },
    ]);
    assert.deepEqual(facts('xlm-roberta-base').slice(2), ['commoncrawl-100', undefined]);
    assert.equal(findCheckpoint('constructor'), undefined);
  });

  it('finds what a slip means', () => {
    assert.equal(similarCheckpoint('resnte50'), 'resnet50');
    assert.equal(similarCheckpoint('my-own-model'), undefined);
  });
});
