import * as l10n from '@vscode/l10n';
import { printNumber } from '../common/number-notation';
import type { DiagnosticFinding } from '../language/annotation-diagnostics';

type Of<Code extends DiagnosticFinding['code']> = DiagnosticFinding & { readonly code: Code };

/** What is wrong and how to fix it, in the display language: one place for the editor and the command line. */
export function diagnosticMessage(finding: DiagnosticFinding): string {
  switch (finding.code) {
    case 'missing-name':
      return l10n.t(
        'Missing name after {0}. Names consist of letters, digits, _ . and -.',
        `@${finding.directive}`,
      );
    case 'bad-name':
      return l10n.t('Invalid name "{0}". Use only letters, digits, _ . and -.', finding.name);
    case 'unknown-key':
      return sentences(
        l10n.t('Unknown key "{0}".', finding.key),
        didYouMean(finding.nearest) || l10n.t('Known keys: {0}.', finding.known.join(', ')),
      );
    case 'duplicate-key':
      return l10n.t('"{0}" is set twice; using the first value.', finding.key);
    case 'missing-value':
      return l10n.t('"{0}" has no value. Example: {1}.', finding.key, finding.example);
    case 'unexpected-word':
      return l10n.t(
        'Expected key=value, found "{0}". Put values that contain spaces in double quotes.',
        finding.word,
      );
    case 'unclosed-quote':
      return l10n.t('Missing closing quote on this line.');
    case 'bad-number':
    case 'bad-unit':
    case 'bad-input':
    case 'bad-output':
    case 'bad-share':
    case 'bad-split':
    case 'bad-category':
    case 'bad-list':
      return badValue(finding);
    case 'missing-task':
      return l10n.t('Specify the task that "{0}" belongs to: TASK:{0}.', finding.value);
    case 'missing-key':
      return l10n.t('{0} is missing `{1}` and is ignored.', `@${finding.directive}`, finding.key);
    case 'duplicate-name':
      return l10n.t(
        '{0} {1} is already declared at {2}; using the first declaration.',
        `@${finding.directive}`,
        finding.name,
        finding.first,
      );
    case 'unknown-task':
      return sentences(l10n.t('Unknown task "{0}".', finding.task), didYouMean(finding.nearest));
    case 'unknown-dataset':
      return sentences(l10n.t('Unknown dataset "{0}".', finding.dataset), didYouMean(finding.nearest));
    case 'unknown-step':
      return unknownStep(finding);
    case 'pipeline-disconnected':
      return disconnected(finding);
    case 'pipeline-too-short':
      return l10n.t('A pipeline needs at least two names joined by an arrow: audio -> transcript.');
    case 'size-mismatch':
      return l10n.t(
        'num_examples is {0}, but the splits sum to {1}.',
        printNumber(finding.stated),
        printNumber(finding.sum),
      );
    case 'dangling-continuation':
      return l10n.t('This backslash continues nothing: the next line is not a comment of the same kind.');
  }
}

function badValue(
  finding: Of<
    | 'bad-number'
    | 'bad-unit'
    | 'bad-input'
    | 'bad-output'
    | 'bad-share'
    | 'bad-split'
    | 'bad-category'
    | 'bad-list'
  >,
): string {
  switch (finding.code) {
    case 'bad-number':
      return l10n.t(
        'Invalid number "{0}". Examples: 5000, 5_000, "5,000", 5k, 1.2M, 3B, 1.28e6. Only hours, minutes and seconds may be fractions.',
        finding.value,
      );
    case 'bad-unit':
      return l10n.t('Unknown unit "{0}". Known units: {1}.', finding.value, finding.known.join(', '));
    case 'bad-input':
      return l10n.t(
        'Unknown input type "{0}". Use image:224x224x3, image, audio:16kHz, audio, text, tabular:64, video or sequence:100x40.',
        finding.value,
      );
    case 'bad-output':
      return l10n.t(
        'Unknown output type "{0}". Use class:10, labels:14, real:1, box or sequence.',
        finding.value,
      );
    case 'bad-share':
      return l10n.t('Invalid proportion "{0}". Write 80% or 0.8.', finding.value);
    case 'bad-split':
      return l10n.t('Invalid split "{0}". Example: splits=train:5k,test:1k.', finding.value);
    case 'bad-category':
      return sentences(
        l10n.t('"{0}" is not a task category of the Hugging Face Hub.', finding.value),
        didYouMean(finding.nearest),
      );
    case 'bad-list':
      return l10n.t('Empty element in the list {0}.', finding.list);
  }
}

function unknownStep({ step, nearest, known }: Of<'unknown-step'>): string {
  if (nearest !== undefined)
    return sentences(l10n.t('Unknown pipeline step {0}.', step), didYouMean(nearest));
  return known.length > 0
    ? l10n.t('Unknown pipeline step {0}. Known steps: {1}.', step, known.join(', '))
    : l10n.t('Unknown pipeline step {0}. Steps have the form a->b.', step);
}

function disconnected({ break: broken }: Of<'pipeline-disconnected'>): string {
  switch (broken.kind) {
    case 'arrow':
      return l10n.t('This arrow needs a name on both sides.');
    case 'repeated':
      return l10n.t('"{0}" appears twice; a pipeline cannot loop.', broken.name);
    case 'wrong-end':
      return l10n.t('The pipeline ends in "{0}", not in its task "{1}".', broken.last, broken.task);
  }
}

function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : l10n.t('Did you mean "{0}"?', nearest);
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ');
}
