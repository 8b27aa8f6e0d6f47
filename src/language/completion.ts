import type { Cursor } from './cursor';
import { directiveItems } from './items/directives';
import { nameItem, type Completion, type Item } from './items/item';
import { keyItems } from './items/keys';
import { valueItems } from './items/values';
import type { KnownNames } from './known-names';

/** What may be written at the cursor, in the order in which it is offered. */
export function completionsAt(cursor: Cursor, names: KnownNames): readonly Completion[] {
  return itemsAt(cursor, names).map(item => ({ ...item, range: cursor.range }));
}

function itemsAt(cursor: Cursor, names: KnownNames): readonly Item[] {
  switch (cursor.kind) {
    case 'directive':
      return directiveItems(cursor.leader);
    case 'name':
      return cursor.directive === 'dataset'
        ? []
        : names.tasks
            .filter(name => cursor.directive === 'pipeline' || !names.declaredTasks.has(name))
            .map(nameItem('task', names));
    case 'key':
      return keyItems(cursor.directive, cursor.used);
    case 'step':
      return [...new Set([...names.values, ...names.tasks])]
        .filter(name => !cursor.used.has(name))
        .map(nameItem('task', names));
    case 'value':
      return valueItems(cursor, names);
  }
}
