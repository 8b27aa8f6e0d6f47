import * as l10n from '@vscode/l10n';

// What agents and their users read of the tools: titles, and how to correct a call.

export type ToolTitle = 'advise' | 'count_dataset' | 'what_if';

export function toolTitle(tool: ToolTitle): string {
  switch (tool) {
    case 'advise':
      return l10n.t('Get Training Advice');
    case 'count_dataset':
      return l10n.t('Count Dataset');
    case 'what_if':
      return l10n.t('Compare Advice for Another Size');
  }
}

export function inputNotObject(): string {
  return l10n.t('The input must be an object.');
}

export function fieldMissing(name: string): string {
  return l10n.t('"{0}" is missing.', name);
}

/** @param near the known field of a similar name; @param known all fields, listed where none is similar */
export function fieldUnknown(of: {
  name: string;
  near: string | undefined;
  known: readonly string[];
}): string {
  const unknown = l10n.t('Unknown field "{0}".', of.name);
  const hint =
    of.near === undefined ? l10n.t('Known fields: {0}.', of.known.join(', ')) : didYouMean(of.near);
  return `${unknown} ${hint}`;
}

function didYouMean(near: string): string {
  return l10n.t('Did you mean {0}?', near);
}

/** @param value what was given, as JSON */
export function fieldNotNumber(of: { name: string; value: string; minimum: number }): string {
  return l10n.t(
    '"{0}" is {1}, expected a number of at least {2}, such as 20000.',
    of.name,
    of.value,
    of.minimum,
  );
}

/** @param value what was given, as JSON */
export function fieldNotText({ name, value }: { name: string; value: string }): string {
  return l10n.t('"{0}" is {1}, expected a non-empty string.', name, value);
}

/** @param value what was given, as JSON */
export function fieldNotListed(of: { name: string; value: string; allowed: readonly string[] }): string {
  return l10n.t('"{0}" is {1}, expected one of {2}.', of.name, of.value, of.allowed.join(', '));
}

/** Names that a message lists at most: an agent reads them all. */
const MOST_NAMES = 30;

/** A name that is not annotated, and those that are. */
interface UnknownName {
  readonly name: string;
  /** The annotated name that is similar. */
  readonly near: string | undefined;
  readonly known: readonly string[];
}

export function taskUnknown({ name, near, known }: UnknownName): string {
  const unknown = l10n.t('There is no task "{0}".', name);
  if (near !== undefined) return `${unknown} ${didYouMean(near)}`;
  const hint = known.length === 0 ? l10n.t('No tasks are annotated.') : l10n.t('Tasks: {0}.', list(known));
  return `${unknown} ${hint}`;
}

export function datasetUnknown({ name, near, known }: UnknownName): string {
  const unknown = l10n.t('There is no dataset "{0}".', name);
  if (near !== undefined) return `${unknown} ${didYouMean(near)}`;
  const hint =
    known.length === 0 ? l10n.t('No datasets are annotated.') : l10n.t('Datasets: {0}.', list(known));
  return `${unknown} ${hint}`;
}

function list(names: readonly string[]): string {
  return `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`;
}

export function toolUnknown({ name, known }: { name: string; known: readonly string[] }): string {
  return `${l10n.t('There is no tool "{0}".', name)} ${l10n.t('Tools: {0}.', known.join(', '))}`;
}

export function noAnnotations(example: string): string {
  return l10n.t('No annotations found. Write one in a comment, for example: {0}', example);
}

export function unitsNotConvertible(of: { dataset: string; unit: string; other: string }): string {
  return l10n.t('{0} is counted in {1}, which cannot be converted to {2}.', of.dataset, of.unit, of.other);
}
