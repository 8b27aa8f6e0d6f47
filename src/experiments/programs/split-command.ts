import { planError } from '../experiment-errors';
import { emptyTrainCommand, unclosedQuoteInCommand } from '../../messages/run-messages';

/**
 * The words of a command, as a shell would divide it by spaces and quotes, and no more: no variable, pattern or pipe
 * means anything.
 *
 * @throws PlanError `bad-option` for an open quote or an empty command
 */
export function splitCommand(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let quote: string | undefined;
  const end = (): void => {
    if (isOpen) words.push(word);
    [word, isOpen] = ['', false];
  };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else if (quote === '"' && character === '\\' && /["\\]/.test(text.charAt(i + 1)))
        word += text.charAt(++i);
      else word += character;
    } else if (character === '"' || character === "'") [quote, isOpen] = [character, true];
    else if (/\s/.test(character)) end();
    else [word, isOpen] = [word + character, true];
  }
  if (quote !== undefined) throw planError('bad-option', unclosedQuoteInCommand(text));
  end();
  if (words.length === 0) throw planError('bad-option', emptyTrainCommand());
  return words;
}
