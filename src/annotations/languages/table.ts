import { C_FAMILY } from './c-family';
import { FUNCTIONAL } from './functional';
import { MARKUP } from './markup';
import { SCIENTIFIC } from './scientific';
import { SCRIPTING } from './scripting';
import type { Syntax } from './syntax';

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
export const UNLISTED: Syntax = { ids: [], files: [], line: ['^\\s*(?:#|//|--|;|%|!)'] };
