import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import type { Source } from '../source/source';
import { inputColumns } from './input-columns';
import type { InputFit } from './input-fit';
import type { InputPipeline } from './pipeline';
import type { ReadRequest } from './request';

/**
 * Takes the preprocessing of another dataset as it is, under the names that this one's columns have.
 *
 * @throws DataError `inputs-differ` where this dataset's inputs are of another kind
 */
export function applyFitted(source: Source, request: ReadRequest, fitted: InputPipeline): InputFit {
  const applied = renamed(source, request, fitted);
  return { columns: [], observe: () => undefined, finish: () => applied };
}

function renamed(source: Source, request: ReadRequest, fitted: InputPipeline): InputPipeline {
  switch (fitted.kind) {
    case 'image':
    case 'audio':
      if (source.kind !== fitted.kind) throw differ(source, fitted, source.kind);
      return fitted;
    case 'text':
      return renamedText(source, request, fitted);
    case 'vector':
      return renamedVector(source, request, fitted);
    case 'columns':
      return knownColumns(source, request, fitted);
  }
}

type Of<Kind extends InputPipeline['kind']> = Extract<InputPipeline, { kind: Kind }>;

function renamedText(source: Source, request: ReadRequest, fitted: Of<'text'>): InputPipeline {
  const { vocabulary, length } = fitted;
  const named = request.input?.text?.column;
  if (named !== undefined) return { kind: 'text', column: named, vocabulary, length };
  if (source.kind !== 'text') throw differ(source, fitted, source.kind);
  const lines = source.parts[0]?.table.columns[0]?.content !== 'text';
  return { kind: 'text', ...(lines && { column: 'text' }), vocabulary, length };
}

function renamedVector(source: Source, request: ReadRequest, fitted: Of<'vector'>): InputPipeline {
  const [array] = inputColumns(source, request).filter(({ shape }) => shape !== undefined);
  if (!array?.shape) throw differ(source, fitted, source.kind);
  if (sizeOf(array.shape) !== sizeOf(fitted.shape))
    throw differ(source, fitted, `${source.kind} ${array.shape.join('×')}`);
  return { ...fitted, column: array.name };
}

/**
 * Columns that this dataset lacks, or has as labels, read as missing; one that has none of them has another input.
 */
function knownColumns(source: Source, request: ReadRequest, fitted: Of<'columns'>): InputPipeline {
  const names = new Set(inputColumns(source, request).map(({ name }) => name));
  if (source.kind !== 'table' || !fitted.columns.some(({ name }) => names.has(name)))
    throw differ(source, fitted, [...names].slice(0, 20).join(', '));
  // No column has a name with a zero in it, so its cells are missing, and the width stays.
  const columns = fitted.columns.map(column =>
    names.has(column.name) ? column : { ...column, name: `\0${column.name}` },
  );
  return { kind: 'columns', columns };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

function differ(source: Source, fitted: InputPipeline, found: string): DataError {
  return new DataError(
    'inputs-differ',
    l10n.t(
      'The inputs of {0} ({1}) cannot be brought to those of the other dataset ({2})',
      source.path,
      found,
      expected(fitted),
    ),
    source.path,
  );
}

function expected(fitted: InputPipeline): string {
  switch (fitted.kind) {
    case 'columns':
      return fitted.columns
        .slice(0, 20)
        .map(({ name }) => name)
        .join(', ');
    case 'vector':
      return fitted.shape.join('×');
    case 'image':
    case 'audio':
    case 'text':
      return fitted.kind;
  }
}
