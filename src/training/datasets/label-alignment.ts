import type { LabelColumn, LabelEncoding } from '../../data';
import { trainingError } from '../training-error';
import { labelKindsDiffer, noLabelledDataset } from '../../messages/training-messages';

/**
 * One description of a task's labels for all the datasets that have them: all classes of all of them, or the first
 * one's units.
 *
 * @throws TrainingError `labels-differ` where they are of different kinds
 */
export function joinLabels(task: string, labels: readonly LabelEncoding[]): LabelEncoding {
  const [first, ...others] = labels;
  if (!first) throw trainingError('unknown-dataset', noLabelledDataset(task));
  const odd = others.find(label => !areAlike(first, label));
  if (odd)
    throw trainingError(
      'labels-differ',
      labelKindsDiffer({
        task,
        kind: first.kind,
        column: first.column,
        otherKind: odd.kind,
        otherColumn: odd.column,
      }),
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
