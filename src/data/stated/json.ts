/** Steps into parsed JSON or YAML without trusting its shape. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A count: a whole number of zero or more, as a number or in digits. */
export function asCount(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\d[\d,_]*$/.test(value) ? Number(value.replace(/[,_]/g, '')) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
