import assert from 'node:assert/strict';
import path from 'node:path';
import { extractMessages, placeholders, readJson, root, textsWithoutL10n, type Extraction } from './extract';

/** What the bundle says, as [English, Korean], where it breaks a rule. */
type Pair = readonly [string, string];

/** What is not for l10n, each with the reason; `where` is a path with its line. */
const NOT_LANGUAGE: readonly { readonly text: RegExp; readonly where: RegExp }[] = [
  // The name of the product, which is the same in every language.
  { text: /^Strategy Advisor:?$/, where: /^src\/extension\// },
  // What is typed into a comment: the keywords of the annotation language, with the field's names beside them.
  { text: /^@(?:dataset|task|pipeline)\b/, where: /^src\/language-service\/completion-items\.ts:/ },
  // Descriptions of tools that language models read. What people read of a tool is in the manifest.
  { text: /./, where: /^src\/agents\/tool-definitions\.ts:/ },
  // Kinds and codes of errors, which programs compare.
  { text: /^[a-z]+(?:-[a-z]+)*$/, where: /(?:error|errors|issues|tool-input|command-line|run-program)\.ts:/ },
  // What only a fault of the program or a broken file format raises: a log or a wrapping message shows it.
  {
    text: /^[A-Z]/,
    where:
      /(?:disposables|counter|what-if-tool|display-language|data-size-curve|line-scanner|dataset-cache|checkpoints)\.ts:/,
  },
  // Faults of the program's own tensor engine, never of what a user wrote.
  { text: /./, where: /^src\/engine\// },
  { text: /LZ4/, where: /^src\/data\/formats\/lz4\.ts:/ },
  // What only a damaged or made-up file raises; a message in the user's language quotes it, as it does a library's.
  { text: /./, where: /^src\/data\/(?:images\/png-chunks|formats\/(?:parquet-bounds|arrow))\.ts:/ },
];

describe('the Korean texts', () => {
  let code: Extraction;
  let korean: Readonly<Record<string, string>>;

  before(function () {
    this.timeout(20_000);
    code = extractMessages(path.join(root, 'src'));
    korean = readJson('l10n/bundle.l10n.ko.json');
  });

  function breaking(isBroken: (pair: Pair) => boolean): Pair[] {
    return Object.entries(korean).filter(isBroken);
  }

  it('can be looked up: every l10n.t has a literal', () => {
    assert.deepEqual(code.unreadable, []);
    assert.ok(code.messages.length > 200);
  });

  it('cover what is shown: nothing of it bypasses l10n.t', function () {
    this.timeout(20_000);
    assert.deepEqual(
      textsWithoutL10n(path.join(root, 'src')).filter(
        ({ text, where }) => !NOT_LANGUAGE.some(each => each.text.test(text) && each.where.test(where)),
      ),
      [],
    );
  });

  it('are complete', () => {
    assert.deepEqual(
      code.messages.filter(({ key }) => korean[key] === undefined),
      [],
    );
  });

  it('hold nothing that no code says', () => {
    const used = new Set(code.messages.map(({ key }) => key));
    assert.deepEqual(
      Object.keys(korean).filter(key => !used.has(key)),
      [],
    );
  });

  it('keep the placeholders', () => {
    assert.deepEqual(
      breaking(([key, text]) => placeholders(key).join() !== placeholders(text).join()),
      [],
    );
  });

  it('are Korean wherever there are words to translate', () => {
    assert.deepEqual(
      breaking(([key, text]) => !/[가-힣]/.test(text) && /[A-Za-z]{3}/.test(key.replace(/\{\w+\}/g, ''))),
      [],
    );
  });

  it('have particles that fit any noun behind a placeholder', () => {
    const onlyOneForm = /\}["`]?(?:은|는|이|가|을|를|와|과|로|으로)(?=[\s.,:)]|$)/;
    assert.deepEqual(
      breaking(([, text]) => onlyOneForm.test(text)),
      [],
    );
  });

  it('keep the keywords of the annotation language', () => {
    const keywords = (text: string): string =>
      [...new Set(text.match(/@\w+|\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+=|--\w+/g) ?? [])].sort().join();
    assert.deepEqual(
      breaking(([key, text]) => keywords(key) !== keywords(text)),
      [],
    );
  });
});
