import * as l10n from '@vscode/l10n';
import type { LabelColumn, LabelEncoding } from '../../data';
import { trainingError } from '../training-error';

/**
 * One description of a task's labels for all the datasets that have them: all classes of all of them, or the first
 * one's units.
 *
 * @throws TrainingError `labels-differ` where they are of different kinds
 */
export function joinLabels(task: string, labels: readonly LabelEncoding[]): LabelEncoding {
  const [first, ...others] = labels;
  if (!first)
    throw trainingError('unknown-dataset', l10n.t('No dataset has labels for the task "{0}"', task));
  const odd = others.find(label => !areAlike(first, label));
  if (odd)
    throw trainingError(
      'labels-differ',
      l10n.t(
        'The datasets of "{0}" have labels of different kinds: {1} in column "{2}", {3} in column "{4}"',
        task,
        first.kind,
        first.column,
        odd.kind,
        odd.column,
      ),
    );
  if (first.kind !== 'class') return first;
  const classes = new Set(labels.flatMap(label => (label.kind === 'class' ? label.classes : [])));
  return { ...first, classes: sortClasses([...classes]) };
}

function areAlike(a: LabelEncoding, b: LabelEncoding): boolean {
  if (a.kind === 'binary' && b.kind === 'binary') return a.positive === b.positive;
  return a.kind === b.kind;
}

function sortClasses(classes: string[]): string[] {
  const numeric = classes.every(name => !Number.isNaN(Number(name)));
  return classes.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
}

/** Translates one dataset's labels to the joined ones. */
export function relabel(
  column: LabelColumn,
  from: LabelEncoding | undefined,
  to: LabelEncoding | undefined,
): LabelColumn {
  const translate = from && to ? translation(from, to) : undefined;
  return translate ? { values: column.values.map(translate), present: column.present } : column;
}

function translation(from: LabelEncoding, to: LabelEncoding): ((value: number) => number) | undefined {
  if (from.kind === 'class' && to.kind === 'class') {
    const places = from.classes.map(name => to.classes.indexOf(name));
    return places.every((place, i) => place === i) ? undefined : value => places[value] ?? 0;
  }
  if (
    from.kind === 'real' &&
    to.kind === 'real' &&
    (from.mean !== to.mean || from.deviation !== to.deviation)
  )
    return value => (value * from.deviation + from.mean - to.mean) / to.deviation;
  return undefined;
}
