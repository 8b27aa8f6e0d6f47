// Imported when first needed: it loads native code, which not every machine has.
export { decompress, decompressSync, FORMAT_GRAY, FORMAT_RGB } from '@julusian/jpeg-turbo';
