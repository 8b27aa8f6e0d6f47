import type { Table } from './table';

/** The place of a column by its name, or by its number from 0 where no column has that name. */
export function findColumn({ columns }: Table, name: string): number | undefined {
  const place = columns.findIndex(column => column.name === name);
  if (place >= 0) return place;
  return /^\d+$/.test(name) && Number(name) < columns.length ? Number(name) : undefined;
}
