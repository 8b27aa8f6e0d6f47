import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import manifest from '../../../package.json';
import { LONGEST_SUBJECT, subjectProblems } from '../../../scripts/lib/commit-subjects.mjs';
import { workflowProblems } from '../../../scripts/lib/workflows.mjs';

const GITHUB = path.join(__dirname, '../../../.github');
const read = (file: string): string => readFileSync(path.join(GITHUB, file), 'utf8');

describe('the GitHub workflow', () => {
  const name = 'workflows/ci.yml';
  const text = read(name);

  it('is one that GitHub can read', async () => {
    assert.deepEqual(await workflowProblems([{ name, text }]), []);
  });

  it('would be refused with a mistake in it', async () => {
    const broken = text.replace('matrix.os }}', 'matrix.system }}');
    const [problem = ''] = await workflowProblems([{ name, text: broken }]);
    assert.match(problem, /^workflows\/ci\.yml:\d+:\d+: property "system" is not defined/);
  });

  it('runs only scripts that there are', () => {
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script);
    assert.ok(named.length >= 4);
    const scripts = Object.keys(manifest.scripts);
    assert.deepEqual(
      named.filter(script => !scripts.includes(script)),
      [],
    );
  });

  it('lints, tests and packs on three systems', () => {
    const { jobs } = parse(text) as {
      jobs: Record<string, { strategy: { matrix: { os: string[] } }; steps: { run?: string }[] }>;
    };
    const { strategy, steps } = jobs['desktop']!;
    assert.deepEqual(
      strategy.matrix.os.map(os => os.replace('-latest', '')),
      ['ubuntu', 'macos', 'windows'],
    );
    const runs = steps.map(({ run = '' }) => run).join('\n');
    for (const script of ['lint', 'test:unit', 'test:electron', 'package'])
      assert.ok(runs.includes(`npm run ${script}`), script);
  });
});

/** What GitHub asks of a form for issues. */
interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string; readonly value?: string };
  }[];
}

describe('the forms for issues', () => {
  const forms = readdirSync(path.join(GITHUB, 'ISSUE_TEMPLATE')).filter(file => file !== 'config.yml');

  for (const file of forms)
    it(`can be filled in: ${file}`, () => {
      const form = parse(read(`ISSUE_TEMPLATE/${file}`)) as Form;
      assert.ok(form.name && form.description);
      const questions = form.body.filter(({ type }) => type !== 'markdown');
      assert.ok(questions.length > 0);
      for (const { type, id, attributes } of questions) {
        assert.ok(['input', 'textarea', 'dropdown', 'checkboxes'].includes(type), type);
        assert.match(id ?? '', /^[\w-]+$/);
        assert.ok(attributes.label);
      }
      assert.equal(new Set(questions.map(({ id }) => id)).size, questions.length);
    });
});

describe('subjects of commits', () => {
  it('are short, and of commits that are there to stay', () => {
    const long = 'x'.repeat(LONGEST_SUBJECT);
    assert.deepEqual(subjectProblems(`abc1 ${long}\nabc2 한글 제목\n`), []);
    const [tooLong = '', toSquash = ''] = subjectProblems(`abc1 ${long}y\nabc2 Fine\nabc3 fixup! Fine\n`);
    assert.match(tooLong, /^abc1: 73 characters, more than 72/);
    assert.match(toSquash, /^abc3: is to be squashed/);
  });
});
