/** A line of `git log --oneline`, a list of pull requests and a terminal show about so much. */
export const LONGEST_SUBJECT = 72;

/**
 * What is wrong with the subjects of commits.
 * @param {string} log lines of a hash, a blank and a subject
 * @returns {string[]}
 */
export const subjectProblems = log =>
  log
    .split('\n')
    .filter(line => line !== '')
    .flatMap(line => {
      const [, hash, subject] = /^(\S+) (.*)$/.exec(line) ?? [undefined, line, ''];
      const characters = [...subject].length;
      if (characters > LONGEST_SUBJECT)
        return [`${hash}: ${characters} characters, more than ${LONGEST_SUBJECT}: ${subject}`];
      return /^(?:fixup|squash|amend)! /.test(subject) ? [`${hash}: is to be squashed: ${subject}`] : [];
    });
