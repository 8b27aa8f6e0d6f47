import type { Directive } from '../../annotations/model';
import { KEYS, type KeySchema } from '../../annotations/schema';
import type { Item } from './item';

/** The keys of a directive that the annotation does not have yet. */
export function keyItems(directive: Directive, used: ReadonlySet<string>): readonly Item[] {
  return KEYS[directive]
    .filter(({ key, aliases = [] }) => ![key, ...aliases].some(name => used.has(name)))
    .map(keyItem);
}

function keyItem({ key, kind, example, documentation }: KeySchema): Item {
  const isFlag = kind === 'flag';
  return {
    label: key,
    kind: 'key',
    insert: isFlag ? key : `${key}=`,
    detail: example,
    documentation: documentation(),
    goesOn: !isFlag,
  };
}
