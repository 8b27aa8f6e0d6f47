import type { Variable } from '@tensorflow/tfjs-core';
import { type Value, sizeOf } from '../../graph/nodes-and-values';
import { concat, split } from '../../graph/slicing-and-joining';
import { reshape } from '../../graph/tensor-layout';

/** Variables that the step keeps in one tensor. */
export interface Group {
  readonly variables: readonly Variable[];
  readonly shape: readonly number[];
}

/**
 * Up to this many elements a variable shares a tensor with other small ones: one update for all costs less than
 * one each. Beyond it, copying costs more than the nodes saved.
 */
const SMALL = 16384;

/** Small variables together, each large one alone. */
export function packVariables(variables: readonly Variable[]): Group[] {
  const small = variables.filter(variable => variable.size <= SMALL);
  const large = variables.filter(variable => variable.size > SMALL);
  const together =
    small.length > 1
      ? [{ variables: small, shape: [small.reduce((sum, variable) => sum + variable.size, 0)] }]
      : small.map(singleVariable);
  return [...together, ...large.map(singleVariable)];
}

/** A variable as a group of its own. */
export function singleVariable(variable: Variable): Group {
  return { variables: [variable], shape: variable.shape };
}

/** The variables' values within the group's. */
export function unpackValues(group: Group, value: Value): Value[] {
  const [first] = group.variables;
  if (first && group.variables.length === 1) return [reshape(value, first.shape)];
  const sizes = group.variables.map(variable => variable.size);
  return split(value, sizes, 0).map((part, i) => reshape(part, (group.variables[i] as Variable).shape));
}

/** One value in the group's shape from one for each variable. */
export function packValues(group: Group, values: readonly Value[]): Value {
  const [first] = values;
  if (first && values.length === 1) return reshape(first, group.shape);
  return concat(
    values.map(value => reshape(value, [sizeOf(value.shape)])),
    0,
  );
}

/** The group's elements from those of its variables. */
export function packElements(group: Group, elementsOf: (variable: Variable) => Float32Array): Float32Array {
  const target = new Float32Array(sizeOf(group.shape));
  let offset = 0;
  for (const variable of group.variables) {
    target.set(elementsOf(variable), offset);
    offset += variable.size;
  }
  return target;
}

/** Each variable's elements from the group's, as copies. */
export function unpackElements(group: Group, source: Float32Array): Map<Variable, Float32Array> {
  let offset = 0;
  return new Map(
    group.variables.map(variable => {
      const part = source.slice(offset, offset + variable.size);
      offset += variable.size;
      return [variable, part];
    }),
  );
}
