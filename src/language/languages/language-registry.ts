import { trimEndWhere } from '../../common/trim-text';
import { C_FAMILY } from './c-family-languages';
import { FUNCTIONAL } from './functional-languages';
import { MARKUP } from './markup-languages';
import { SCIENTIFIC } from './scientific-languages';
import { SCRIPTING } from './scripting-languages';
import type { Syntax } from './syntax-definition';
import { entryOf } from '../../common/named-entries';

/** Every language whose comments are read, by what its files and editors call it. */
export const SYNTAXES: readonly Syntax[] = [
  ...C_FAMILY,
  ...SCRIPTING,
  ...FUNCTIONAL,
  ...SCIENTIFIC,
  ...MARKUP,
];

/**
 * A language nobody listed: only whole-line comments behind the commonest leaders count, so that a
 * string or a line of code is never taken for one. Quotes lead comments in some languages (Vim, Visual
 * Basic) and strings in most, so they do not count.
 */
const UNKNOWN_LANGUAGE: Syntax = { ids: [], files: [], line: ['^\\s*(?:#|//|--|;|%|!)'] };

const BY_ID = new Map(SYNTAXES.flatMap(syntax => syntax.ids.map(id => [id, syntax] as const)));
const BY_FILE = new Map(SYNTAXES.flatMap(syntax => syntax.files.map(file => [file, syntax] as const)));

/** The syntax behind an editor's language id. Unlisted languages get whole-line comments only. */
export function syntaxOf(languageId: string): Syntax {
  return BY_ID.get(languageId) ?? UNKNOWN_LANGUAGE;
}

/** Language ids whose comments are known in detail. */
export function knownLanguages(): readonly string[] {
  return SYNTAXES.filter(({ files }) => files.length > 0).flatMap(({ ids }) => ids);
}

/**
 * The language id for a file name (with or without folders), or `undefined` for one that is not listed.
 * `.m` is MATLAB where its text says so and Objective-C otherwise: pass the beginning of the text to tell.
 */
export function languageOfFile(file: string, beginning = ''): string | undefined {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  if (name.endsWith('.m')) return looksLikeMatlab(beginning) ? 'matlab' : 'objective-c';
  const dot = name.lastIndexOf('.');
  const syntax =
    BY_FILE.get(name) ?? (dot >= 0 ? byEnding(name.slice(dot)) : undefined) ?? byShebang(beginning);
  return syntax?.ids[0];
}

function byEnding(ending: string): Syntax | undefined {
  return BY_FILE.get(ending) ?? BY_FILE.get(ending.toLowerCase());
}

/** The program of a `#!` line: `/usr/bin/env -S python3.11 -u` is Python. */
function byShebang(beginning: string): Syntax | undefined {
  if (!beginning.startsWith('#!')) return undefined;
  const words = (/^#!\s*(.*)/.exec(beginning)?.[1] ?? '').split(/\s+/);
  const programs = words
    .filter(word => !word.startsWith('-'))
    .map(word => word.slice(word.lastIndexOf('/') + 1));
  const program = trimEndWhere((programs[0] === 'env' ? programs[1] : programs[0]) ?? '', isVersion);
  const languages: Readonly<Record<string, string>> = { sh: 'shellscript', node: 'javascript', Rscript: 'r' };
  return BY_ID.get(entryOf(languages, program) ?? program);
}

function isVersion(character: string): boolean {
  return character === '.' || (character >= '0' && character <= '9');
}

function looksLikeMatlab(beginning: string): boolean {
  return (
    /^[^\S\n\r\u2028\u2029]*(?:%|function\b|classdef\b|clear\b|clc\b|close all\b)/m.test(beginning) &&
    !/^[^\S\n\r\u2028\u2029]*(?:#import|#include|@interface|@implementation|\/\/)/m.test(beginning)
  );
}
