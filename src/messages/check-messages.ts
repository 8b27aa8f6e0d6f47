import * as l10n from '@vscode/l10n';
import type { AdviceShift, ProblemChange } from '../advisor/advice-comparison';
import { formatCount, formatNames, formatSize, strategyName } from './quantities';

/** That the advice for a target is another than it was at `revision`, and what changed in between. */
export function adviceShiftText(
  { task, stage, before, after, changes }: AdviceShift,
  revision: string,
): string {
  const shift = l10n.t(
    'The advice for {0} has changed since {1}: it was {2} and is {3} now.',
    stage === undefined ? task : `${task} (${stage})`,
    revision,
    strategyName(before),
    strategyName(after),
  );
  return changes.length === 0
    ? shift
    : `${shift} ${l10n.t('Changed: {0}.', formatNames(changes.map(changeText)))}`;
}

function changeText(change: ProblemChange): string {
  switch (change.kind) {
    case 'size':
      return l10n.t('{0} from {1} to {2}', change.name, formatSize(change.before), formatSize(change.after));
    case 'added':
      return l10n.t('{0} is new', change.name);
    case 'removed':
      return l10n.t('{0} is gone', change.name);
    case 'edited':
      return l10n.t('the annotation of {0}', change.name);
  }
}

export function noRepository(path: string): string {
  return l10n.t('{0} is not in a Git repository, so it has no earlier version to compare with.', path);
}

export function severalRepositories(): string {
  return l10n.t('The paths lie in several Git repositories. Check one repository at a time.');
}

export function unknownRevision(revision: string): string {
  return l10n.t('This repository has no commit {0}.', revision);
}

export function fetchRevisionHint(): string {
  return l10n.t(
    'A shallow clone has only the latest commits: in GitHub Actions, set fetch-depth: 0 for actions/checkout.',
  );
}

export function gitMissing(): string {
  return l10n.t('Comparing with a commit needs Git, which was not found in PATH.');
}

export function gitFailed(reason: string): string {
  return l10n.t('Git could not read the commit: {0}', reason);
}

export function tooManyAnnotatedFiles(limit: number): string {
  return l10n.t(
    'The commit has more than {0} files with annotations. Check a folder at a time.',
    formatCount(limit),
  );
}
