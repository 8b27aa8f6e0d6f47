import assert from 'node:assert/strict';
import { commentFormAt, commentLineAt, toComments } from '../../../src/language-service/comment-insertion';
import { parseText } from '../../../src/language/annotated-text';
import { knownLanguages } from '../../../src/language/languages/language-registry';

const ANNOTATIONS = ['@dataset a task=t num_examples=5k', '@task t target'];

/** What is written above a line, and the names that are read there then. */
function inserted(source: string, line: number, languageId: string): readonly [string[], string[]] {
  const text = parseText(source, languageId);
  const form = commentFormAt(text, line);
  assert.ok(form, `${languageId} has no comment at line ${line}`);
  const written = [...toComments(form, ANNOTATIONS)];
  const lines = [...text.lines.slice(0, line), ...written, ...text.lines.slice(line)];
  const { placed } = parseText(lines.join('\n'), languageId);
  return [written, placed.map(({ annotation }) => annotation.name?.value ?? '')];
}

describe('the comment that an annotation is written in', () => {
  it('reads back in every language', () => {
    for (const language of [...knownLanguages(), 'plaintext', 'a-language-nobody-knows'])
      assert.deepEqual(inserted('', 0, language)[1], ['a', 't'], language);
  });

  it('is that of the language', () => {
    const [dataset = '', task = ''] = ANNOTATIONS;
    assert.deepEqual(inserted('a: 1', 0, 'yaml')[0], [`# ${dataset}`, `# ${task}`]);
    assert.deepEqual(inserted('words', 0, 'markdown')[0], ['<!--', dataset, task, '-->']);
    assert.deepEqual(inserted('a {}', 0, 'css')[0], ['/*', dataset, task, '*/']);
    assert.deepEqual(inserted('', 0, 'ini')[0], [`# ${dataset}`, `# ${task}`]);
    assert.deepEqual(toComments({ open: '<!--', close: '-->' }, [task]), [`<!-- ${task} -->`]);
  });

  it('is that of the place: a script in a page, a docstring', () => {
    const page = '<p>\n<script>\nconst a = 1;\n</script>';
    assert.equal(inserted(page, 0, 'html')[0][0], '<!--');
    assert.equal(inserted(page, 2, 'html')[0][0], `// ${ANNOTATIONS[0] ?? ''}`);
    assert.deepEqual(inserted('def f():\n"""Words.\nmore\n"""', 2, 'python')[0], ANNOTATIONS);
  });

  it('is none where nothing can be said: in data, in code that is shown', () => {
    assert.equal(commentFormAt(parseText('{}', 'json'), 0), undefined);
    assert.equal(commentFormAt(parseText('```\ncode\n```', 'markdown'), 1), undefined);
    assert.equal(commentFormAt(parseText('x = """\ntext\n"""', 'python'), 1), undefined);
  });

  it('goes above a string or a block of code that the cursor is in', () => {
    const string = parseText('y = 1\nx = """\ntext\n"""', 'python');
    assert.deepEqual(commentLineAt(string, 2), { line: 1, form: { open: '#', close: '' } });
    const fenced = parseText('words\n```\ncode\n```', 'markdown');
    assert.deepEqual(commentLineAt(fenced, 2), { line: 1, form: { open: '<!--', close: '-->' } });
    assert.equal(commentLineAt(parseText('{}', 'json'), 0), undefined);
  });
});
