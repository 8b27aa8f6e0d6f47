import * as l10n from '@vscode/l10n';
import type { Diagnostic, DiagnosticCode } from '../language/annotation-diagnostics';

type Message = (args: readonly string[]) => string;

const arg = (args: readonly string[], i: number): string => args[i] ?? '';
const didYouMean = (near: string): string => (near === '' ? '' : ` ${l10n.t('Did you mean "{0}"?', near)}`);

/** What is wrong and how to mend it, in words: one place for the editor, the command line and the tests. */
const MESSAGES: Readonly<Record<DiagnosticCode, Message>> = {
  'missing-name': args => l10n.t('{0} needs a name: letters, digits, _ . or -.', arg(args, 0)),
  'bad-name': args => l10n.t('"{0}" is not a name: use letters, digits, _ . and - only.', arg(args, 0)),
  'unknown-key': args =>
    l10n.t('Unknown key "{0}".', arg(args, 0)) +
    (didYouMean(arg(args, 1)) || ` ${l10n.t('Known keys: {0}.', arg(args, 2))}`),
  'duplicate-key': args => l10n.t('"{0}" is given twice; the first counts.', arg(args, 0)),
  'missing-value': args => l10n.t('"{0}" has no value. Write for example {1}.', arg(args, 0), arg(args, 1)),
  'unexpected-word': args =>
    l10n.t('"{0}" is no key=value; put values that contain spaces in double quotes.', arg(args, 0)),
  'unclosed-quote': () => l10n.t('This quote is not closed on its line.'),
  'bad-number': args =>
    l10n.t(
      '"{0}" is not a number I can read. Write 5000, 5_000, "5,000", 5k, 1.2M, 3B or 1.28e6; fractions only of hours, minutes and seconds.',
      arg(args, 0),
    ),
  'bad-unit': args => l10n.t('Unknown unit "{0}". Units are {1}.', arg(args, 0), arg(args, 1)),
  'bad-input': args =>
    l10n.t(
      '"{0}" is no kind of input. Write image:224x224x3, image, audio:16kHz, audio, text, tabular:64, video or sequence:100x40.',
      arg(args, 0),
    ),
  'bad-output': args =>
    l10n.t('"{0}" is no kind of output. Write class:10, labels:14, real:1, box or sequence.', arg(args, 0)),
  'bad-share': args => l10n.t('"{0}" is not a share. Write 80% or 0.8.', arg(args, 0)),
  'bad-split': args => l10n.t('"{0}" is no split. Write splits=train:5k,test:1k.', arg(args, 0)),
  'bad-category': args =>
    l10n.t('"{0}" is not a task id of the Hugging Face hub.', arg(args, 0)) + didYouMean(arg(args, 1)),
  'bad-list': args => l10n.t('The list {0} has an empty element.', arg(args, 0)),
  'missing-task': args => l10n.t('Say which task "{0}" is for: task:{0}.', arg(args, 0)),
  'missing-key': args =>
    l10n.t('{1} does not say its {0}, so it counts for nothing.', arg(args, 0), arg(args, 1)),
  'duplicate-name': args =>
    l10n.t(
      '{0} {1} is declared already, at {2}; the first counts.',
      arg(args, 0),
      arg(args, 1),
      arg(args, 2),
    ),
  'unknown-task': args =>
    l10n.t('No annotation mentions a task "{0}".', arg(args, 0)) + didYouMean(arg(args, 1)),
  'unknown-dataset': args => l10n.t('There is no dataset "{0}".', arg(args, 0)) + didYouMean(arg(args, 1)),
  'unknown-step': args =>
    arg(args, 1) === ''
      ? l10n.t('No pipeline has a step {0}. Steps read a->b.', arg(args, 0))
      : l10n.t('No pipeline has a step {0}; there is {1}.', arg(args, 0), arg(args, 1)),
  'pipeline-disconnected': disconnected,
  'pipeline-too-short': () =>
    l10n.t('A pipeline needs at least two things joined by an arrow: audio -> transcript.'),
  'size-mismatch': args =>
    l10n.t('num_examples says {0}, but the splits add up to {1}.', arg(args, 0), arg(args, 1)),
  'dangling-continuation': () =>
    l10n.t('Nothing follows this backslash: the next line is not a comment of the same kind.'),
};

function disconnected(args: readonly string[]): string {
  const [at = '', task] = args;
  if (task === undefined) return l10n.t('This arrow joins nothing: it needs a name on both sides.');
  if (task === at) return l10n.t('"{0}" comes twice: a pipeline goes forward only.', at);
  return l10n.t('The pipeline ends in "{0}", not in its task "{1}".', at, task);
}

/** The message of a diagnostic in the display language. */
export function diagnosticMessage(diagnostic: Pick<Diagnostic, 'code' | 'args'>): string {
  return MESSAGES[diagnostic.code](diagnostic.args);
}
