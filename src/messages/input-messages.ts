import * as l10n from '@vscode/l10n';

// What becomes of the columns of a table: which are inputs, how each is encoded, and why others are none.

/** A column as the protocol states it. */
interface InputColumn {
  readonly name: string;
  readonly use: 'number' | 'category' | 'hashed' | 'date' | 'text' | 'array' | 'image' | 'none';
  readonly reason?:
    | 'label'
    | 'group'
    | 'split'
    | 'ignored'
    | 'not-chosen'
    | 'empty'
    | 'identifier'
    | 'many-values'
    | 'other-input';
  readonly values?: number;
}

interface NamedColumns {
  readonly columns: readonly InputColumn[];
  /** Columns that are not listed. */
  readonly more?: number;
}

/** Columns that are named in a line, of each kind. */
const MOST_NAMED = 12;

/** "a, b (number); city (category of 12 values)": the inputs, by how they are encoded; empty where none is a column. */
export function usedColumnsText({ columns }: NamedColumns): string {
  return grouped(
    columns.filter(({ use }) => use !== 'none'),
    useText,
  );
}

/** "id (tells rows apart); label (label)": the other columns, by why they are no input. */
export function unusedColumnsText({ columns, more = 0 }: NamedColumns): string {
  const text = grouped(
    columns.filter(({ use }) => use === 'none'),
    reasonText,
  );
  return more === 0 ? text : [text, l10n.t('{0} more columns', more)].filter(part => part !== '').join('; ');
}

/** What a run learns from, as lines to be read before it starts; none where the input is no table. */
export function inputLines(
  inputs: readonly (NamedColumns & { readonly dataset: string })[],
): readonly string[] {
  return inputs.flatMap(each => {
    const [used, unused] = [usedColumnsText(each), unusedColumnsText(each)];
    if (each.columns.length === 0) return [];
    return [
      l10n.t('Inputs of {0}: {1}.', each.dataset, used === '' ? l10n.t('no column') : used),
      ...(unused === '' ? [] : [l10n.t('Not used: {0}.', unused)]),
    ];
  });
}

function grouped(columns: readonly InputColumn[], textOf: (column: InputColumn) => string): string {
  const groups = new Map<string, string[]>();
  for (const column of columns) {
    const text = textOf(column);
    groups.set(text, [...(groups.get(text) ?? []), column.name]);
  }
  return [...groups]
    .map(([text, names]) => {
      const shown = names.slice(0, MOST_NAMED).join(', ');
      const rest = names.length - MOST_NAMED;
      return `${rest > 0 ? l10n.t('{0} and {1} more', shown, rest) : shown} (${text})`;
    })
    .join('; ');
}

/** How a column is encoded. */
export function useText({ use, values = 0 }: InputColumn): string {
  switch (use) {
    case 'number':
      return l10n.t('number');
    case 'category':
      return l10n.t('category of {0} values', values);
    case 'hashed':
      return l10n.t('category of many values');
    case 'date':
      return l10n.t('date');
    case 'text':
      return l10n.t('text');
    case 'array':
      return l10n.t('array');
    case 'image':
      return l10n.t('image');
    case 'none':
      return '';
  }
}

/** Why a column is no input. */
export function reasonText({ reason = 'other-input', values = 0 }: InputColumn): string {
  switch (reason) {
    case 'label':
      return l10n.t('label');
    case 'group':
      return l10n.t('group');
    case 'split':
      return l10n.t('split');
    case 'ignored':
      return l10n.t('left out with ignore= or a label of another task');
    case 'not-chosen':
      return l10n.t('not in features=');
    case 'empty':
      return l10n.t('empty in training');
    case 'identifier':
      return l10n.t('only tells rows apart');
    case 'many-values':
      return l10n.t('words of {0} or more values', values);
    case 'other-input':
      return l10n.t('another kind of input');
  }
}
