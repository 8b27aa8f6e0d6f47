import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allowFolder, isFolderAllowed, revokeFolder } from '../../src/trust/allowed-folders';
import { forgetConsents, isConsented, rememberConsent } from '../../src/trust/consents';
import { isSignedRun, signRun } from '../../src/trust/run-key';
import { changeUserState, readUserState, stateFile, stateFolder } from '../../src/trust/user-state';

const isPosix = process.platform !== 'win32';

describe('what the user allows is kept outside every workspace, for the user alone', () => {
  let folder: string;
  const before = process.env['XDG_STATE_HOME'];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-trust-'));
    process.env['XDG_STATE_HOME'] = folder;
  });

  afterEach(() => {
    process.env['XDG_STATE_HOME'] = before;
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (): string => stateFile() ?? assert.fail();

  it('remembers folders, consents and the key, and forgets what is revoked', async () => {
    const allowed = await allowFolder('outside', tmpdir());
    assert.ok(isFolderAllowed('outside', path.join(folder, 'below')));
    assert.ok(!isFolderAllowed('discovery', tmpdir()));
    assert.ok(await revokeFolder('outside', allowed));
    assert.ok(!isFolderAllowed('outside', folder));

    const runnable = { folder, command: 'python train.py', hash: 'a'.repeat(64) };
    await rememberConsent([runnable], new Date(0));
    assert.ok(isConsented(runnable));
    assert.ok(!isConsented({ ...runnable, hash: 'b'.repeat(64) }));
    assert.ok(!isConsented({ ...runnable, command: 'python other.py' }));
    assert.ok(!isConsented({ ...runnable, folder: tmpdir() }));
    assert.equal(await forgetConsents(folder), 1);
    assert.ok(!isConsented(runnable));

    const signed = await signRun('a run');
    assert.ok(isSignedRun('a run', signed));
    assert.ok(!isSignedRun('another run', signed));
    assert.ok(!isSignedRun('a run', undefined));
  });

  it('is written by the user alone and leaves nothing else behind', async function () {
    if (!isPosix) this.skip();
    await allowFolder('discovery', folder);
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(file())).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(path.dirname(file())), ['trust.json']);
  });

  it('counts for nothing where others can write it', async function () {
    if (!isPosix) this.skip();
    await allowFolder('discovery', folder);
    assert.ok(isFolderAllowed('discovery', folder));
    chmodSync(file(), 0o666);
    assert.ok(!isFolderAllowed('discovery', folder));
    assert.match(readUserState().problem ?? '', /trust\.json/);
    chmodSync(file(), 0o600);
    assert.ok(isFolderAllowed('discovery', folder));
    chmodSync(path.dirname(file()), 0o777);
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}\n`);
    assert.ok(!isFolderAllowed('discovery', folder));
  });

  it('allows nothing by a damaged file, which is kept beside the next', async () => {
    await allowFolder('discovery', folder);
    writeFileSync(file(), '{"version": 1, "code": [], "discovery": ["/"], "outside": "/"}');
    const { state, problem } = readUserState();
    assert.deepEqual(state.discovery, []);
    assert.match(problem ?? '', /outside/);
    await allowFolder('outside', folder);
    assert.deepEqual(readdirSync(path.dirname(file())).sort(), ['trust.json', 'trust.json.damaged']);
    assert.ok(!isFolderAllowed('discovery', '/'));
  });

  it('loses none of many changes at the same time', async () => {
    const folders = Array.from({ length: 20 }, (_, i) => path.join(folder, String(i)));
    await Promise.all(folders.map(each => allowFolder('outside', each)));
    assert.equal(readUserState().state.outside.length, folders.length);
  });

  it('is no place in the workspace that a relative path in the environment names', () => {
    assert.ok(path.isAbsolute(stateFolder({ XDG_STATE_HOME: 'state', HOME: '/home/ann' }) ?? ''));
    assert.notEqual(stateFolder({ XDG_STATE_HOME: 'state', HOME: 'here' }), path.resolve('state'));
  });

  it('says so where it cannot be written', async () => {
    process.env['XDG_STATE_HOME'] = path.join(folder, 'file');
    writeFileSync(path.join(folder, 'file'), '');
    await assert.rejects(
      changeUserState(state => ({ ...state, outside: ['/data'] })),
      (error: unknown) => error instanceof Error && /Cannot write .*trust\.json/.test(error.message),
    );
  });
});
