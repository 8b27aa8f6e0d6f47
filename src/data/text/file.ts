import { narrowed, openText, sampleText } from '../bytes/text';

/** An example of text is read up to here. */
const MAX_BYTES = 1024 * 1024;

/** The text of a file, at most its first megabyte. @throws DataError where it is none */
export async function readTextFile(path: string): Promise<string> {
  const { bytes, whole, encoding } = await sampleText(path);
  if (whole) return new TextDecoder(narrowed(encoding)).decode(bytes);
  const source = await openText(path, encoding);
  try {
    const buffer = new Uint8Array(MAX_BYTES);
    return new TextDecoder(narrowed(encoding)).decode(buffer.subarray(0, await source.read(buffer)));
  } finally {
    await source.close();
  }
}
