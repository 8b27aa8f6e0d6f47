/**
 * A word as a shell takes it, for commands that users copy: whatever it holds, nothing of it runs. Paths of Windows are
 * written as its shells take them.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+:,./-]+$/.test(word) && !word.startsWith('-')) return word;
  if (/^(?:[A-Za-z]:)?[\\/]/.test(word) && word.includes('\\'))
    // Neither quotes nor what the shells would expand can be part of a name that a user should type.
    return `"${word.replaceAll(/["%$`!]/g, '?')}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
