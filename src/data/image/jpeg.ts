import * as l10n from '@vscode/l10n';
import type * as library from './jpeg-library';
import type { Pixels } from './resize';

type Turbo = typeof library;

/** Bytes of a file that is decoded without leaving the thread. */
const SMALL = 16 * 1024;

let turbo: Turbo | undefined;

/** The native decoder, loaded with the first image: counting does without it, and so may an installation. */
async function loadTurbo(): Promise<Turbo> {
  try {
    turbo ??= await import('./jpeg-library');
    return turbo;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Error(l10n.t('the JPEG decoder does not run on this machine: {0}', reason), { cause: error });
  }
}

/**
 * Decodes a JPEG file to grey (1 channel) or colour (3), into `output`.
 *
 * @throws Error with the decoder's reason; also where the file ends early, which the decoder would fill with grey
 */
export async function decodeJpeg(bytes: Buffer, channels: 1 | 3, output: Buffer): Promise<Pixels> {
  // JPEG files end with a mark.
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (end < bytes.length / 2) throw new Error(l10n.t('it ends before the image does'));
  const { FORMAT_GRAY, FORMAT_RGB, decompress, decompressSync } = turbo ?? (await loadTurbo());
  const format = channels === 1 ? FORMAT_GRAY : FORMAT_RGB;
  const { width, height, data } =
    bytes.length <= SMALL
      ? decompressSync(bytes, output, { format })
      : await decompress(bytes, output, { format });
  return { width, height, channels, data, max: 255 };
}
