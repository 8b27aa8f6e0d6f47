import { readFile } from 'node:fs/promises';
import wabt from 'wabt';

const COPIES = 4;

/**
 * Compiles a file of WebAssembly text, in which lines between `;; repeat` and `;; end` stand for four copies of
 * themselves: `#` is a copy's number, and `#16` that number times 16, the bytes of a vector.
 * @param {string} file its path
 * @returns {Promise<Buffer>} the module
 * @throws Error with line and column, in the text with its copies, where it is wrong
 */
export async function compileWat(file) {
  const { parseWat } = await wabt();
  const text = (await readFile(file, 'utf8')).replace(/^ *;; repeat\n([^]*?)^ *;; end\n/gm, (_, lines) =>
    Array.from({ length: COPIES }, (_, copy) =>
      lines.replaceAll('#16', String(16 * copy)).replaceAll('#', String(copy)),
    ).join(''),
  );
  return Buffer.from(parseWat(file, text, { simd: true }).toBinary({}).buffer);
}
