import type { Directive } from '../model';
import { nearest } from '../nearest';
import { KEYS, keySchema } from '../schema';
import { isName } from '../values';
import type { Token } from './tokens';

/**
 * Whether a comment that begins with `@dataset`, `@task` or `@pipeline` is meant as an annotation.
 * A to-do (`@task fix this`) and a JSDoc tag (`@task {string} name`) have no `key=value` and are left
 * alone, and so is prose in which an equals sign merely occurs.
 */
export function isAnnotation(directive: Directive, tokens: readonly Token[]): boolean {
  const words = tokens.flatMap(token => (token.kind === 'word' ? [token.word.value] : []));
  const keys = tokens.flatMap(token => (token.kind === 'pair' ? [token.key.value] : []));
  if (words[0]?.startsWith('{')) return false;
  if (directive === 'pipeline' && words.slice(1).some(word => word.includes('->'))) return true;
  if (directive === 'task' && keys.length === 0)
    return words.length === 2 && words[1] === 'target' && isName(words[0] ?? '');
  if (keys.some(key => keySchema(directive, key) ?? nearestKey(directive, key))) return true;
  return keys.length > 0 && words.length <= 2;
}

const KNOWN: Readonly<Record<Directive, readonly string[]>> = {
  dataset: namesOf('dataset'),
  task: namesOf('task'),
  pipeline: namesOf('pipeline'),
};

function namesOf(directive: Directive): readonly string[] {
  return KEYS[directive].flatMap(({ key, aliases = [] }) => [key, ...aliases]);
}

/** The key of the language that `word` is most likely a slip of. */
export function nearestKey(directive: Directive, word: string): string | undefined {
  const written = word.replaceAll('-', '_');
  const lower = written.toLowerCase();
  return nearest(written, KNOWN[directive]) ?? KNOWN[directive].find(key => key === lower && key !== word);
}
