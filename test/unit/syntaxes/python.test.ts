import assert from 'node:assert/strict';
import { highlighted, marks, tokenize } from './tokenizer';

const python = (text: string) => tokenize('source.python', text);

async function line(text: string): Promise<readonly string[]> {
  const [tokens = []] = await python(text);
  return highlighted(tokens);
}

describe('annotation highlighting in Python', () => {
  it('marks each part of a dataset at its columns', async () => {
    assert.deepEqual(
      await line('# @dataset imagenet  task=object-recognition input=image:224x224x3 num_examples=1.2M'),
      [
        '0 # punctuation.definition.comment',
        '2 @ keyword.control.directive punctuation.definition.directive',
        '3 dataset keyword.control.directive',
        '11 imagenet entity.name.type.annotation',
        '21 task support.type.property-name',
        '25 = keyword.operator.assignment',
        '26 object-recognition variable.other.name',
        '45 input support.type.property-name',
        '50 = keyword.operator.assignment',
        '51 image support.constant.modality',
        '56 : punctuation.separator.key-value',
        '57 224 constant.numeric',
        '60 x keyword.operator.dimension',
        '61 224 constant.numeric',
        '64 x keyword.operator.dimension',
        '65 3 constant.numeric',
        '67 num_examples support.type.property-name',
        '79 = keyword.operator.assignment',
        '80 1.2 constant.numeric',
        '83 M constant.numeric keyword.other.unit.suffix',
      ],
    );
  });

  it('marks a target, also behind code', async () => {
    assert.deepEqual(await line('x = 1  # @task pneumonia target shares_features_with=none num_params=25M'), [
      '7 # punctuation.definition.comment',
      '9 @ keyword.control.directive punctuation.definition.directive',
      '10 task keyword.control.directive',
      '15 pneumonia entity.name.type.annotation',
      '25 target storage.modifier.target',
      '32 shares_features_with support.type.property-name',
      '52 = keyword.operator.assignment',
      '53 none constant.language.none',
      '58 num_params support.type.property-name',
      '68 = keyword.operator.assignment',
      '69 25 constant.numeric',
      '71 M constant.numeric keyword.other.unit.suffix',
    ]);
  });

  it('needs nothing but the mark for a target', async () => {
    assert.equal((await line('# @task pneumonia target')).at(-1), '18 target storage.modifier.target');
  });

  it('marks arrows and engineered steps of a pipeline', async () => {
    assert.deepEqual(await line('# @pipeline text: audio -> words -> text engineered=audio->words'), [
      '0 # punctuation.definition.comment',
      '2 @ keyword.control.directive punctuation.definition.directive',
      '3 pipeline keyword.control.directive',
      '12 text entity.name.type.annotation',
      '16 : punctuation.separator.steps',
      '18 audio variable.other.name',
      '24 -> keyword.operator.arrow',
      '27 words variable.other.name',
      '33 -> keyword.operator.arrow',
      '36 text variable.other.name',
      '41 engineered support.type.property-name',
      '51 = keyword.operator.assignment',
      '52 audio variable.other.name',
      '57 -> keyword.operator.arrow',
      '59 words variable.other.name',
    ]);
  });

  it('marks lists, shares, splits, quoted numbers and units', async () => {
    const marked = await line(
      '# @dataset road num_examples="5,000" unit=hours splits=train:80k,test:1_000 labels_present=car:80%,sign:0.5',
    );
    assert.deepEqual(marked.slice(5), [
      '28 = keyword.operator.assignment',
      '29 " string.quoted.double punctuation.definition.string.begin',
      '30 5,000 string.quoted.double constant.numeric',
      '35 " string.quoted.double punctuation.definition.string.end',
      '37 unit support.type.property-name',
      '41 = keyword.operator.assignment',
      '42 hours keyword.other.unit',
      '48 splits support.type.property-name',
      '54 = keyword.operator.assignment',
      '55 train variable.other.name',
      '60 : punctuation.separator.key-value',
      '61 80 constant.numeric',
      '63 k constant.numeric keyword.other.unit.suffix',
      '64 , punctuation.separator.list',
      '65 test variable.other.name',
      '69 : punctuation.separator.key-value',
      '70 1_000 constant.numeric',
      '76 labels_present support.type.property-name',
      '90 = keyword.operator.assignment',
      '91 car variable.other.name',
      '94 : punctuation.separator.key-value',
      '95 80 constant.numeric',
      '97 % keyword.other.unit.percent',
      '98 , punctuation.separator.list',
      '99 sign variable.other.name',
      '103 : punctuation.separator.key-value',
      '104 0.5 constant.numeric',
    ]);
  });

  it('leaves an unknown key, its value and a bad number without colour, and calls nothing invalid', async () => {
    const [tokens = []] = await python('# @dataset a colour=blue num_params=5 num_examples=5x unit=miles');
    const texts = highlighted(tokens).map(piece => piece.split(' ').slice(1).join(' '));
    assert.ok(texts.includes('colour meta.key.unknown'));
    assert.ok(texts.includes('num_params meta.key.unknown'), 'a key of another directive is unknown here');
    assert.ok(!texts.some(text => /^(?:blue|5|5x|miles) /.test(text)));
    assert.ok(!tokens.some(token => token.scopes.some(scope => scope.startsWith('invalid'))));
  });

  it('follows a continued annotation, and stops where the comments stop', async () => {
    const lines = await python(
      '# @dataset a task=b \\\n#   num_examples=5k \\\n#   unit=hours\n# plain unit=hours\nunit = 1',
    );
    assert.deepEqual(
      lines.map(tokens =>
        highlighted(tokens).filter(piece => /continuation|unit\b|property-name/.test(piece)),
      ),
      [
        ['13 task support.type.property-name', '20 \\ punctuation.separator.continuation'],
        [
          '4 num_examples support.type.property-name',
          '18 k constant.numeric keyword.other.unit.suffix',
          '20 \\ punctuation.separator.continuation',
        ],
        ['4 unit support.type.property-name', '9 hours keyword.other.unit'],
        [],
        [],
      ],
    );
  });

  it('lets neither code nor the next annotation belong to a dangling continuation', async () => {
    const lines = await python(
      '# @dataset a \\\nunit = 1\n# @dataset a \\\n# @task b target\n# @dataset a \\\n\nunit = 1',
    );
    const code = ['unit', '1'];
    for (const index of [1, 6]) {
      const tokens = lines[index] ?? [];
      assert.ok(!tokens.some(token => token.scopes.some(scope => scope.startsWith('comment'))));
      assert.ok(code.every(text => tokens.some(token => token.text.trim() === text)));
    }
    assert.deepEqual(highlighted(lines[3] ?? []).at(-1), '10 target storage.modifier.target');
  });

  it('reads docstrings, of one line and of many', async () => {
    const lines = await python(
      'def f():\n    """Trains.\n\n    @dataset x num_examples=5k\n    """\n\n"""@task y target"""',
    );
    assert.deepEqual(highlighted(lines[3] ?? []), [
      '4 @ keyword.control.directive punctuation.definition.directive',
      '5 dataset keyword.control.directive',
      '13 x entity.name.type.annotation',
      '15 num_examples support.type.property-name',
      '27 = keyword.operator.assignment',
      '28 5 constant.numeric',
      '29 k constant.numeric keyword.other.unit.suffix',
    ]);
    const last = lines[6] ?? [];
    assert.equal(highlighted(last).at(-1), '11 target storage.modifier.target');
    assert.ok(last.at(-1)?.scopes.includes('punctuation.definition.string.end.python'));
  });

  it('leaves strings and code alone', async () => {
    const annotation = '# @dataset x num_examples=5k';
    for (const text of [
      `s = "${annotation}"`,
      `s = '${annotation}'`,
      `s = """\n${annotation}\n"""`,
      `s = f"""\n${annotation}\n"""`,
      `s = rb'''\n${annotation}\n'''`,
      `print("a", """\n@task x target\n""")`,
      'a // @dataset x num_examples=5k',
      '@dataset\ndef f(): pass',
      'x = a @dataset b',
    ])
      assert.deepEqual((await python(text)).flat().flatMap(marks), [], text);
  });
});
