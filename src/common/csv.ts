/** A cell; what is no number, or absent, is empty. */
export type CsvCell = string | number | undefined;

/** A row as CSV (RFC 4180), without its end. A spreadsheet takes no text in it for a formula. */
export function csvRow(cells: readonly CsvCell[]): string {
  return cells.map(cell).join(',');
}

function cell(value: CsvCell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  // A spreadsheet takes a text that begins so for a formula, in wide characters too.
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
