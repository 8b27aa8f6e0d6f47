import assert from 'node:assert/strict';
import type { AdviseOutput } from '../../../src/protocol/advise-schema';
import { createFolder, removeFolders } from '../workspace/support';
import { parseValid } from './schema';
import { RADIOLOGY, cli } from './support';
import { messagePrinter, resultPrinter } from '../../../src/cli/printer';

const CONFIG = 'strategy-advisor.config.json';
/** Its key is unknown, which is said of a project file that counts and of no other. */
const READ = JSON.stringify({ colour: 'red' });

async function adviseIn(cwd: string, ...args: readonly string[]): Promise<AdviseOutput> {
  const { stdout } = await cli(['advise', ...(args.length === 0 ? ['.'] : args), '--json'], { cwd });
  return parseValid(stdout, 'advise') as AdviseOutput;
}

/** The project files that were read, as far as they have the key that is unknown. */
const projectFiles = ({ diagnostics }: AdviseOutput): readonly string[] =>
  diagnostics.filter(({ code }) => code === 'bad-project-file').map(({ file }) => file);

describe('a project file, in a terminal', () => {
  afterEach(removeFolders);

  it('counts for the files below it', async () => {
    const { root } = createFolder({ 'src/train.py': RADIOLOGY, [CONFIG]: READ });
    assert.deepEqual(projectFiles(await adviseIn(root)), [CONFIG]);
  });

  it('may be a key of package.json; a file of its own in the same folder comes first', async () => {
    const key = JSON.stringify({ name: 'x', strategyAdvisor: { colour: 'red' } });
    const { root, write } = createFolder({ 'train.py': RADIOLOGY, 'package.json': key });
    assert.deepEqual(projectFiles(await adviseIn(root)), ['package.json']);
    write({ [CONFIG]: '{}' });
    assert.deepEqual(projectFiles(await adviseIn(root)), []);
  });

  it('is the nearest one upward, and a package.json without the key is none', async () => {
    const fractures = RADIOLOGY.replaceAll('pneumonia', 'fracture').replace('chest-xray', 'limbs');
    const { root, write } = createFolder({
      'a/src/train.py': RADIOLOGY,
      'a/package.json': '{ "name": "a" }',
      'b/train.py': fractures,
      [`b/${CONFIG}`]: '{}',
      [CONFIG]: READ,
    });
    assert.deepEqual(projectFiles(await adviseIn(root)), [CONFIG]);
    assert.deepEqual(projectFiles(await adviseIn(root, 'b')), []);
    write({ [`b/${CONFIG}`]: READ });
    assert.deepEqual(projectFiles(await adviseIn(root, 'b')), [`b/${CONFIG}`]);
  });

  it('is not read above the folder at hand, nor above the repository', async () => {
    const { at } = createFolder({ 'work/train.py': RADIOLOGY, [CONFIG]: READ });
    assert.deepEqual(projectFiles(await adviseIn(at('work'))), []);
    const nested = createFolder({ 'lib/.git/HEAD': '', 'lib/src/train.py': RADIOLOGY, [CONFIG]: READ });
    assert.deepEqual(projectFiles(await adviseIn(nested.root)), []);
  });

  it('is found from the root of a repository on, wherever the command is run', async () => {
    const { at } = createFolder({ '.git/HEAD': '', 'src/train.py': RADIOLOGY, [CONFIG]: READ });
    assert.deepEqual(projectFiles(await adviseIn(at('src'))), [`../${CONFIG}`]);
    assert.deepEqual(projectFiles(await adviseIn(at('src'), 'train.py')), [`../${CONFIG}`]);
  });

  it('leaves out what is bad, and says where it stands', async () => {
    const { root } = createFolder({
      'train.py': RADIOLOGY,
      [CONFIG]:
        '{\n  "tieMargin": 2,\n  "colour": "red",\n  "costs": { "transfer": 40, "ample": 1, "pipeline": "many" },\n  "thresholds": {}\n}\n',
    });
    const { status, stderr, stdout } = await cli(['advise', '.'], { cwd: root });
    assert.equal(status, 0);
    assert.match(stdout, /^pneumonia +transfer/m);
    assert.deepEqual(stderr.trim().split('\n').sort(), [
      `${CONFIG}:2:16: warning: tieMargin must be a number above 0 and at most 1, found 2. Using the default. (bad-project-file)`,
      `${CONFIG}:3:4: warning: There is no project setting "colour". It is ignored. (bad-project-file)`,
      `${CONFIG}:4:31: warning: There is no project setting "costs.ample". It is ignored. (bad-project-file)`,
      `${CONFIG}:4:54: warning: costs.pipeline must be a number above 0, found "many". Using the default. (bad-project-file)`,
      `${CONFIG}:5:4: warning: There is no project setting "thresholds". It is ignored. (bad-project-file)`,
    ]);
  });

  it('counts for nothing where it is no JSON, too large or no file, which is said', async () => {
    const { root, write } = createFolder({ 'train.py': RADIOLOGY, [CONFIG]: '{\n  "costs": {,}\n}' });
    const broken = await adviseIn(root);
    assert.deepEqual(
      broken.advice.map(({ recommendation }) => recommendation),
      ['transfer'],
    );
    assert.deepEqual(
      broken.diagnostics.map(({ file, line, column, code }) => [file, line, column, code]),
      [[CONFIG, 2, 13, 'bad-project-file']],
    );
    write({ [CONFIG]: `{}${' '.repeat(70_000)}` });
    assert.match((await adviseIn(root)).diagnostics[0]?.message ?? '', /larger than 64 kB/);
    const other = createFolder({ 'train.py': RADIOLOGY, [`${CONFIG}/x`]: '' });
    assert.match((await adviseIn(other.root)).diagnostics[0]?.message ?? '', /not a regular file/);
  });

  it('says how far a stated size may be off', async () => {
    const rows = `a,b\n${'1,2\n'.repeat(100)}`;
    const { root, write } = createFolder({
      'a.csv': rows,
      'train.py': '# @dataset a task=t num_examples=80 path=a.csv\n',
    });
    const { countData } = await import('../../../src/cli/inspect-dataset');
    const { datasetsCommand } = await import('../../../src/cli/commands/datasets-command');
    const codes = async (...values: readonly [string, string][]): Promise<string> => {
      let errors = '';
      const io = {
        cwd: root,
        env: {},
        stdout: resultPrinter({ write: () => true }),
        stderr: messagePrinter({ write: text => (errors += text) }),
      };
      await datasetsCommand({ count: countData }).run(
        { paths: ['.'], switches: new Set(), values: new Map(values) },
        io,
      );
      return errors;
    };
    assert.match(await codes(), /stale-size/);
    write({ [CONFIG]: '{ "sizeTolerance": 0.3 }' });
    assert.doesNotMatch(await codes(), /stale-size/);
    assert.match(await codes(['tolerance', '0.1']), /stale-size/);
  });
});
