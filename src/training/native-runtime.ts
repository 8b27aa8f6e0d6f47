import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Processors that a binary is built for, as Node names them. */
interface Platform {
  readonly platform: string;
  readonly arch: string;
}

/**
 * Whether networks train with the native ONNX Runtime on a platform, by default this one; the engine uses WebAssembly
 * otherwise. Nothing is loaded to tell: a process that only plans need not hold the runtime.
 */
export function hasNativeRuntime({ platform, arch }: Platform = process): boolean {
  try {
    const main = createRequire(import.meta.url).resolve('onnxruntime-node');
    return existsSync(path.join(path.dirname(main), '../bin/napi-v6', platform, arch));
  } catch {
    return false;
  }
}
