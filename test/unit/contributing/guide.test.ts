import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../../package.json';
import { exists, pages, readPage, ROOT } from '../docs/support';

const guide = readPage('CONTRIBUTING.md');
const codes = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe('CONTRIBUTING.md', () => {
  it('names only files and folders that there are', () => {
    const paths = codes.filter(code =>
      /^(?:src|test|scripts|bench|l10n|docs|\.vscode|\.ci|\.github)\/\S+$/.test(code),
    );
    assert.ok(paths.length > 20);
    assert.deepEqual(
      paths.filter(file => !exists(file)),
      [],
    );
  });

  it('names only scripts that there are', () => {
    const named = [...guide.matchAll(/npm run ([a-z]+(?::[a-z]+)*)/g)].map(([, name = '']) => name);
    const scripts = Object.keys(manifest.scripts);
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter(name => !scripts.includes(name)),
      [],
    );
  });

  it('shows commands on test files that there are', () => {
    const files = codes.flatMap(code =>
      /^npx --no (?:-- )?mocha/.test(code) ? (code.match(/test\/\S+\.(?:ts|cjs|json)/g) ?? []) : [],
    );
    assert.ok(files.length > 3);
    const folderOf = (file: string): string => (file.includes('*') ? path.dirname(file) : file);
    for (const file of files) assert.ok(exists(folderOf(file)), file);
  });

  it('shows no command whose options npx would take for its own', () => {
    for (const page of pages()) assert.doesNotMatch(readPage(page), /npx --no [\w-]+ -/, page);
  });

  it('says what has never run', () => {
    assert.match(guide, /jobs for macOS and Windows have never run/);
  });
});

describe('the addresses of the project', () => {
  it('stand in project.json alone', () => {
    const forms = readdirSync(path.join(ROOT, '.github', 'ISSUE_TEMPLATE')).map(
      file => `.github/ISSUE_TEMPLATE/${file}`,
    );
    for (const page of [...pages(), ...forms, '.github/pull_request_template.md'])
      assert.doesNotMatch(readPage(page), /[\w.-]+@[\w-]+\.[a-z]{2,}(?![\w.])|example\.invalid/, page);
  });
});
