import assert from 'node:assert/strict';
import { ESLint } from 'eslint';
import { shortened, visibleLine, visibleText } from '../../src/common/visible-text';
import { inertText, wholeInertText } from '../../src/messages/inert-text';
import { escape } from '../../src/messages/markdown';

describe('Text of a repository reads as what it is', () => {
  it('has its controls, invisible characters and turns of direction written out', () => {
    const hostile = [
      ['\u001b]52;c;aGk=\u0007', '\\u001b]52;c;aGk=\\u0007'],
      ['\u009b31m', '\\u009b31m'],
      ['a\rb\u007f', 'a\\u000db\\u007f'],
      ['\u202egpj.exe', '\\u202egpj.exe'],
      ['ad\u200bmin', 'ad\\u200bmin'],
      ['x\u{e0041}', 'x\\udb40\\udc41'],
      ['a\u200db', 'a\\u200db'],
      ['\ud800', '\\ud800'],
      ['a\u2028b', 'a\\u2028b'],
    ] as const;
    for (const [text, shown] of hostile) assert.equal(visibleText(text), shown);
  });

  it('keeps what people write', () => {
    for (const text of ['새 자료\n\tü', '👩‍👩‍👧', 'می‌خواهم', 'क्‍ष', '葛\u{e0100}', '❤️'])
      assert.equal(visibleText(text), text);
    assert.equal(visibleText('a\r\nb'), 'a\nb');
    assert.equal(visibleLine('a\nb\tc'), 'a\\nb\\tc');
  });

  it('is written out once only, and JSON keeps its value', () => {
    const value = { name: '\u009b\u202e\u{e0041}\u200b "x"\n\u001b' };
    const json = visibleText(JSON.stringify(value, undefined, 2));
    assert.deepEqual(JSON.parse(json), value);
    assert.equal(visibleText(json), json);
  });

  it('is cut in its middle where it is huge, never inside a character', () => {
    assert.equal(shortened('abc', 3), 'abc');
    const cut = shortened(`bad "${'😀'.repeat(5000)}": use 1`, 100);
    assert.ok(cut.length < 110 && cut.startsWith('bad "') && cut.endsWith('": use 1'));
    assert.equal(visibleText(cut), cut);
  });
});

describe('VS Code makes no link, command or icon of text of a repository', () => {
  /** How VS Code finds links in notifications and input boxes (src/vs/base/common/linkedText.ts). */
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  /** How it finds icons (src/vs/base/common/iconLabels.ts). */
  const ICON = /\$\([\w-]+(?:~[\w-]+)?\)/;

  it('in messages, lists, lenses and the status bar', () => {
    for (const text of [
      '[run](command:workbench.action.terminal.sendSequence?%7B%7D)',
      '[a](https://example.org "b")',
      '[a][b](file:///etc/passwd)',
      '[a]\u200b(command:x) [a](command:x)',
      '[a]\r\n(command:x)',
      `${'x'.repeat(990)}[a](command:x)${'y'.repeat(990)}`,
      '$(verified) $(sync~spin) $$(x)',
    ]) {
      assert.doesNotMatch(inertText(text).replace(/\r\n|\n|\r/g, ' '), LINK);
      assert.doesNotMatch(inertText(text), ICON);
    }
    const long = `run ${'x'.repeat(5000)} [a](command:x)`;
    assert.equal(wholeInertText(long), long.replace('](', '] ('));
    assert.equal(inertText('chest-xray (5k) of [a] and $5'), 'chest-xray (5k) of [a] and $5');
  });

  it('in Markdown, where a name is no second paragraph, heading, list or address either', () => {
    assert.equal(escape('a\n# b'), 'a\\\\n\\# b');
    assert.equal(escape('=== 1'), '\\=== 1');
    assert.equal(escape('12. x'), '12\\. x');
    assert.equal(escape('https://a.org www.a.org a@b.c'), 'https\\://a.org www\\.a.org a\\@b.c');
    assert.equal(escape('\u202eabc'), '\\\\u202eabc');
  });

  it('because no file shows a text past the wrapper, as lint finds', async () => {
    const eslint = new ESLint();
    const config = (await eslint.calculateConfigForFile('src/extension/log.ts')) as {
      readonly rules: Readonly<Record<string, readonly unknown[]>>;
    };
    const rule = config.rules['no-restricted-syntax'];
    assert.ok(rule);
    const lint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: { rules: { 'no-restricted-syntax': rule as never } },
    });
    for (const code of [
      'vscode.window.showInformationMessage(name)',
      'vscode.window["showErrorMessage"](name)',
      'const { window } = vscode',
      'const w = vscode.window',
      'vscode.window.withProgress({}, task)',
      'vscode.window.showQuickPick(names)',
      'vscode.window.createInputBox()',
      'vscode.window.createStatusBarItem()',
      'new vscode.MarkdownString(name)',
      'new vscode.TreeItem(name)',
      'text.isTrusted = true',
      'import { window } from "vscode"',
      'import * as code from "vscode"',
    ]) {
      const [result] = await lint.lintText(code);
      assert.ok(
        result?.messages.some(({ ruleId }) => ruleId === 'no-restricted-syntax'),
        code,
      );
    }
    const [allowed] = await lint.lintText('vscode.window.createOutputChannel("x")');
    assert.deepEqual(allowed?.messages, []);
  });
});
