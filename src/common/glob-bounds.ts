// Libraries turn a glob into a regular expression, and one of many wildcards tries every way to share a name among
// them: `*a*a*a*a*a*b` takes years for a name of two hundred letters. Globs that people write have few.

const LONGEST = 1000;
/** Between two slashes: three share a name of the longest kind in some millions of ways. */
const MOST_IN_A_SEGMENT = 3;
const MOST_IN_ALL = 12;
/** `**`, which share the folders of a path. */
const MOST_GLOBSTARS = 3;
/** Ways to choose from all `{a,b}` together. */
const MOST_CHOICES = 1000;

/** Whether a glob or a rule of `.gitignore` has so few wildcards that matching it takes no time to speak of. */
export function isBoundedGlob(glob: string): boolean {
  if (glob.length > LONGEST) return false;
  const wildcards = glob.split('/').map(segment => segment.split(/\*+/).length - 1);
  const globstars = glob.split(/\*{2,}/).length - 1;
  const all = wildcards.reduce((sum, count) => sum + count, 0);
  return (
    wildcards.every(count => count <= MOST_IN_A_SEGMENT) &&
    all <= MOST_IN_ALL &&
    globstars <= MOST_GLOBSTARS &&
    choices(glob) <= MOST_CHOICES
  );
}

/** Into how many globs without braces this one could be written out, or more. */
export function choices(glob: string): number {
  const open: number[] = [];
  let product = 1;
  for (const character of glob) {
    if (character === '{') open.push(1);
    else if (character === ',' && open.length > 0) open.push((open.pop() ?? 0) + 1);
    else if (character === '}') product *= open.pop() ?? 1;
  }
  // What is never closed is read as it stands by some, and as if it were closed by others.
  return open.reduce((all, count) => all * count, product);
}

/** More rules than any project has. */
const MOST_RULES = 10_000;

/** The rules of a `.gitignore` that are bounded; others are left aside, and what they name is not left out. */
export function boundedRules(text: string): string[] {
  return text.split(/\r?\n/, MOST_RULES).filter(isBoundedGlob);
}
