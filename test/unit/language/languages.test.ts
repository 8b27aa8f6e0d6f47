import assert from 'node:assert/strict';
import { knownLanguages, languageOfFile, syntaxOf } from '../../../src/language/languages/language-registry';
import { compiledSyntaxOf } from '../../../src/language/lexer/compiled-syntax';

describe('languages', () => {
  it('are known by the endings and names of files', () => {
    const expected: Readonly<Record<string, string | undefined>> = {
      'a/b/train.py': 'python',
      'C:\\a\\b.ts': 'typescript',
      'analysis.R': 'r',
      'analysis.r': 'r',
      'README.MD': 'markdown',
      Makefile: 'makefile',
      'x/Dockerfile': 'ini',
      'CMakeLists.txt': 'cmake',
      '.bashrc': 'shellscript',
      'notes.txt': undefined,
      noending: undefined,
      '': undefined,
      'a.constructor': undefined,
    };
    for (const [file, language] of Object.entries(expected))
      assert.equal(languageOfFile(file), language, file);
  });

  it('are known by a #! line', () => {
    const expected: Readonly<Record<string, string | undefined>> = {
      '#!/usr/bin/env python3': 'python',
      '#!/usr/bin/env -S python3.11 -u': 'python',
      '#!/bin/sh': 'shellscript',
      '#! /usr/bin/bash -e': 'shellscript',
      '#!/usr/bin/env node': 'typescript',
      '#!/usr/bin/Rscript': 'r',
      '#!/usr/bin/env constructor': undefined,
      '#!': undefined,
      'import os': undefined,
    };
    for (const [line, language] of Object.entries(expected))
      assert.equal(languageOfFile('run', `${line}\nx`), language, line);
  });

  it('tell MATLAB from Objective-C in .m files', () => {
    assert.equal(languageOfFile('f.m', 'function y = f(x)\n% comment'), 'matlab');
    assert.equal(languageOfFile('f.m', '% @dataset a task=b'), 'matlab');
    assert.equal(languageOfFile('f.m', '#import <Foundation/Foundation.h>\n'), 'objective-c');
    assert.equal(languageOfFile('f.m', '// @dataset a task=b\n@interface A'), 'objective-c');
    assert.equal(languageOfFile('f.m'), 'objective-c');
  });

  it('count at least 50, each with rules that compile and name their ids once', () => {
    const languages = knownLanguages();
    assert.ok(languages.length >= 50);
    assert.equal(new Set(languages).size, languages.length);
    for (const language of languages) assert.ok(compiledSyntaxOf(language).found.length > 0, language);
  });

  it('that nobody listed share one syntax', () => {
    assert.equal(syntaxOf('plaintext'), syntaxOf('no such language'));
  });
});
