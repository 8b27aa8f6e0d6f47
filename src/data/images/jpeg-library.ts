// Imported when first needed: it loads native code, which not every machine has.
import turbo from '@julusian/jpeg-turbo';

// Node finds no named exports in it: they are copied from what the native code has.
export const { decompress, decompressSync, FORMAT_GRAY, FORMAT_RGB } = turbo;
