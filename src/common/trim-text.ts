// An expression such as /x+$/ tries every run of x in a text from each of its characters: the time is the square of the
// run. These look from the end.

/** The text without the characters at its end that `isLoose` takes. */
export function trimEndWhere(text: string, isLoose: (character: string) => boolean): string {
  let end = text.length;
  while (end > 0 && isLoose(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without such characters at either end. */
export function trimWhere(text: string, isLoose: (character: string) => boolean): string {
  const left = trimEndWhere(text, isLoose);
  let start = 0;
  while (start < left.length && isLoose(left.charAt(start))) start++;
  return left.slice(start);
}
