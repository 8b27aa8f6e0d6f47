import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { PUBLISHED_RESULTS } from '../../../src/advisor/published-results-data';
import { CITATIONS } from '../../../src/advisor/citations';
import { setLanguage } from '../../../src/cli/display-language';
import { cli } from '../cli/support';
import { root } from './extract';

const EXAMPLES = path.join(root, 'examples');

/** Without what stays as it is in every language: citations, metrics of papers, places in files, keywords, options. */
function withoutNames(line: string): string {
  const { papers, results } = PUBLISHED_RESULTS;
  const named = [...Object.values(CITATIONS), ...papers].map(({ citation }) => citation);
  return [...named, ...results.map(({ metric }) => `: ${metric},`)]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, ''), line)
    .replace(/\S+:\d+(?::\d+)?|@\w+|--\w+/g, '');
}

/** Lines with two English words in a row: names, keywords and numbers have no space in them. */
function englishLines(output: string): string[] {
  return output.split('\n').filter(line => /\b[A-Za-z]+ [a-z]{2,}\b/.test(withoutNames(line)));
}

/** The width of all that stands left of a column, for each row that has a text in it. */
function columnStart(line: string, text: string): number {
  return stringWidth(line.slice(0, line.indexOf(text)));
}

describe('advice in Korean', () => {
  after(() => {
    setLanguage('en');
  });

  const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const { name } of examples)
    it(`leaves no English sentence in the advice on examples/${name}`, async () => {
      const { stdout, stderr } = await cli(['advise', name, '--rules', '--lang', 'ko'], { cwd: EXAMPLES });
      assert.match(stdout, /[가-힣]/);
      assert.deepEqual(englishLines(`${stdout}\n${stderr}`), []);
    });

  it('would be caught with an English sentence in it', async () => {
    const { stdout } = await cli(['advise', 'radiology', '--lang', 'en'], { cwd: EXAMPLES });
    assert.ok(englishLines(stdout).length > 10);
  });

  it('says what the advice on examples/radiology is, and why', async () => {
    const { stdout } = await cli(['advise', 'radiology', '--lang', 'ko'], { cwd: EXAMPLES });
    assert.match(stdout, /^타깃 +조언 +신뢰도 +위치\n/);
    assert.match(stdout, /^pneumonia +object-recognition에서 전이 학습 +신뢰도 높음/m);
    assert.match(stdout, /pneumonia의 데이터는 샘플 5,000개입니다/);
    assert.match(
      stdout,
      /^ {2}조언이 바뀌는 지점\n {4}- chest-xray의 데이터가 .*개 이상이면: 단일 작업 학습\.$/m,
    );
  });

  it('keeps the columns of a table below each other, with characters two cells wide', async () => {
    const { stdout } = await cli(['advise', 'radiology', '--lang', 'ko'], { cwd: EXAMPLES });
    const [header = '', row = ''] = stdout.split('\n');
    assert.equal(columnStart(header, '조언'), columnStart(row, 'object-recognition'));
    assert.equal(columnStart(header, '신뢰도'), columnStart(row, '신뢰도'));
    assert.equal(columnStart(header, '위치'), columnStart(row, 'radiology/'));
  });

  it('fits a narrow terminal', async () => {
    const { stdout } = await cli(['advise', 'radiology', '--lang', 'ko'], { cwd: EXAMPLES, columns: 80 });
    const tooWide = stdout.split('\n').filter(line => stringWidth(line) > 80);
    assert.deepEqual(tooWide, []);
  });

  it('is as complete in the help', async () => {
    for (const args of [['--help'], ['advise', '--help'], ['datasets', '--help']]) {
      const { stdout } = await cli([...args, '--lang', 'ko']);
      const sentences = stdout.replace(/^.*strategy-advisor.*$/m, '');
      assert.deepEqual(englishLines(sentences), []);
    }
  });
});
