/**
 * What a record has under a name that somebody gave, such as a task's or a column's; `undefined` where it has nothing.
 * `record[name]` would find what every object has: `constructor`, `toString`, `__proto__`.
 */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  // eslint-disable-next-line local/own-lookup -- what it is for
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
