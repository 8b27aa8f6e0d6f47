import * as l10n from '@vscode/l10n';
import { allowOnTerminal, notAllowed } from '../messages/consent-messages';
import type { Allowed, ConsentQuestion } from '../trust/gate';
import { allowedBy, obtainConsent, openPart, questionLines, summaryOf } from '../trust/gate';
import { readUserState } from '../trust/user-state';
import { type ParsedArguments, usageError } from './command-line';
import type { Io } from './terminal';

/**
 * Shows what would run, and lets it run where the user has allowed it: before, with `--trust` for this once, or with a
 * yes to the question, which is asked on a terminal.
 *
 * @throws a usage error where it is not allowed
 */
export async function consentTo(
  question: ConsentQuestion,
  { switches }: Pick<ParsedArguments, 'switches'>,
  io: Io,
): Promise<Allowed> {
  if (switches.has('trust')) {
    if (allowedBy(question).length > 0) io.stderr.lines([l10n.t('Runs: {0}', summaryOf(question))]);
    return allowedBy(question);
  }
  const { problem } = readUserState();
  if (problem !== undefined && openPart(question)) io.stderr.line(problem);
  const warn = (message: string): void => {
    io.stderr.line(message);
  };
  const allowed = await obtainConsent(question, open => askOnTerminal(open, io), warn);
  if (!allowed)
    throw usageError(notAllowed(summaryOf(openPart(question) ?? question)), l10n.t('Add --trust to run it.'));
  return allowed;
}

async function askOnTerminal(open: ConsentQuestion, io: Io): Promise<boolean> {
  // Whole, however long it is: nothing that would run is left out.
  io.stderr.lines(questionLines(open));
  const answer = await io.ask?.(`${allowOnTerminal()} `);
  return answer !== undefined && /^(?:y|yes|예|네)$/i.test(answer.trim());
}
