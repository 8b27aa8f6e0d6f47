import texts from '../../../package.nls.json';

/** The English text behind a `%key%` of package.json. Throws where there is none. */
export function textOf(placeholder: string): string {
  const key = placeholder.replaceAll('%', '');
  const text = new Map(Object.entries(texts)).get(key);
  if (text === undefined) throw new Error(`package.nls.json has no text "${key}"`);
  return text;
}
