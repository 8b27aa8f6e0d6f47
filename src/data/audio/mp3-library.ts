// Imported when first needed: it reads compiled code.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Decoder } from 'minimp3-wasm';

const NAME = 'decoder.opt.wasm';

let compiled: WebAssembly.Module | undefined;

/** The compiled code lies beside the program, or in its package where nothing is built. */
function compiledCode(): WebAssembly.Module {
  const beside = join(__dirname, NAME);
  const file = existsSync(beside) ? beside : createRequire(__filename).resolve(`minimp3-wasm/dist/${NAME}`);
  compiled ??= new WebAssembly.Module(readFileSync(file));
  return compiled;
}

/** Decodes MPEG audio, layer III. Each has memory of its own, which goes with it. */
export function createMp3Decoder(bytes: Uint8Array): Decoder {
  return new Decoder(new WebAssembly.Instance(compiledCode()).exports, bytes);
}
