import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../../package.json';
import { addresses, manifestAddresses, placeholdersIn } from '../../../scripts/lib/addresses.mjs';
import {
  changelogEntry,
  checksums,
  compareVersions,
  datedChangelog,
  isVersion,
  refusals,
  shippedBill,
  withVersion,
} from '../../../scripts/lib/release.mjs';

const ROOT = path.join(__dirname, '../../..');
const CHANGELOG =
  '# Changes\n\n## [1.3.0] - unreleased\n\n### Added\n\n- This.\n\n## [1.2.3] - 2030-01-31\n\n- That.\n';
/** Nothing stops a release of 1.3.0. */
const READY = {
  current: '1.2.3',
  changes: '',
  tags: ['v1.2.3'],
  changelog: CHANGELOG,
  addresses: { repository: 'https://code.test/strategy-advisor', contact: 'maintainers@code.test' },
};

const release = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, 'scripts/release.mjs'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

describe('a release', () => {
  it('is made where nothing is in its way', () => {
    assert.deepEqual(refusals('1.3.0', READY), []);
  });

  const cases: readonly (readonly [string, string, Partial<typeof READY>, RegExp])[] = [
    [
      'with changes that are not committed',
      '1.3.0',
      { changes: ' M src/a.ts\n?? b.ts\n' },
      /M src\/a\.ts, \?\? b\.ts/,
    ],
    ['of a version that is tagged', '1.3.0', { tags: ['v1.3.0'] }, /a tag v1\.3\.0 already/],
    ['of a version before the last one', '1.3.0', { current: '1.10.0' }, /1\.3\.0 comes before 1\.10\.0/],
    ['without an entry in the changelog', '1.4.0', {}, /no entry for 1\.4\.0/],
    [
      'with an empty entry',
      '1.3.0',
      { changelog: '## [1.3.0] - unreleased\n\n### Added\n\n## [1.2.3] - 2030-01-31\n- x\n' },
      /1\.3\.0 in CHANGELOG\.md is empty/,
    ],
    [
      'with a placeholder for an address',
      '1.3.0',
      { addresses: { ...READY.addresses, contact: 'maintainers@example.invalid' } },
      /placeholder for contact/,
    ],
  ];
  for (const [when, version, state, reason] of cases)
    it(`is refused ${when}`, () => {
      const reasons = refusals(version, { ...READY, ...state });
      assert.equal(reasons.length, 1, reasons.join('\n'));
      assert.match(reasons[0] ?? '', reason);
    });

  it('is refused by the script before anything is built, and nothing changes', () => {
    const before = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
    const { status, stdout, stderr } = release('99.0.0');
    assert.equal(status, 1);
    assert.match(stderr, /^No release is made:\n- [^]*no entry for 99\.0\.0/);
    assert.equal(stdout, '');
    assert.equal(readFileSync(path.join(ROOT, 'package.json'), 'utf8'), before);
  });

  for (const args of [[], ['1.2'], ['v1.2.3'], ['1.2.3', '1.2.4'], ['1.2.3', '--publish']])
    it(`needs one version of three numbers, and gets: ${args.join(' ')}`, () => {
      const { status, stderr } = release(...args);
      assert.equal(status, 2);
      assert.match(stderr, /usage: npm run release/);
    });
});

describe('what a release consists of', () => {
  it('are versions of three numbers in their order', () => {
    assert.deepEqual(['1.0.0', '01.0.0', '1.0.0-rc.1', '1.0'].map(isVersion), [true, false, false, false]);
    assert.ok(compareVersions('1.10.0', '1.9.9') > 0);
    assert.equal(compareVersions('1.2.3', '1.2.3'), 0);
  });

  it('has its entry of the changelog, dated', () => {
    assert.deepEqual(changelogEntry(CHANGELOG, '1.3.0'), {
      date: 'unreleased',
      text: '### Added\n\n- This.',
    });
    const dated = datedChangelog(CHANGELOG, '1.3.0', '2030-02-01');
    assert.equal(changelogEntry(dated, '1.3.0')?.date, '2030-02-01');
    assert.equal(changelogEntry(dated, '1.2.3')?.text, '- That.');
  });

  it('sets the version in package.json and the lock file, and nothing else', () => {
    for (const name of ['package.json', 'package-lock.json']) {
      const text = readFileSync(path.join(ROOT, name), 'utf8');
      const changed = withVersion(text, '99.0.0');
      assert.equal(withVersion(changed, manifest.version), text);
      assert.equal(changed.match(/"99\.0\.0"/g)?.length, name === 'package.json' ? 1 : 2);
    }
  });

  it('has checksums in the form of sha256sum', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-release-'));
    try {
      const file = path.join(folder, 'a.txt');
      writeFileSync(file, 'abc');
      assert.equal(
        checksums([file]),
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has a bill of materials of what ships, development dependencies for npm or not', () => {
    const component = (name: string) => ({
      'bom-ref': `${name}@1.0.0`,
      name,
      version: '1.0.0',
      scope: 'optional',
      properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
    });
    const bill = {
      metadata: { component: { name: 'a-folder' } },
      components: [component('bundled'), component('tool')],
      dependencies: [{ ref: 'bundled@1.0.0', dependsOn: ['tool@1.0.0'] }, { ref: 'tool@1.0.0' }],
    };
    const product = { name: 'product', version: '2.0.0', description: 'It.' };
    const bundled = [{ name: 'bundled', version: '1.0.0' }];
    const made = shippedBill(bill, product, bundled);
    assert.deepEqual(made.components, [{ ...component('bundled'), scope: 'required', properties: [] }]);
    assert.deepEqual(made.dependencies, [
      { ref: 'product@2.0.0', dependsOn: ['bundled@1.0.0'] },
      { ref: 'bundled@1.0.0', dependsOn: [] },
    ]);
    assert.throws(
      () => shippedBill(bill, product, [...bundled, { name: 'bundled', version: '1.0.1' }]),
      /bundled@1\.0\.1; run npm ci/,
    );
  });
});

describe('the addresses', () => {
  it('of package.json are those of project.json (else run `npm run manifest`)', () => {
    const { homepage, repository, bugs } = manifest;
    assert.deepEqual({ homepage, repository, bugs }, manifestAddresses(addresses));
  });

  it('are placeholders while they lead to a name that nobody can register', () => {
    const real = { repository: 'https://code.test/invalid/x', contact: 'a@invalid.test' };
    assert.deepEqual(placeholdersIn(real), []);
    assert.deepEqual(placeholdersIn({ ...real, contact: 'a@b.invalid' }), ['contact']);
    assert.deepEqual(placeholdersIn({ repository: 'https://example.invalid/x' }), ['repository', 'contact']);
  });
});
