// Imported when first needed: few datasets hold GIF images.
export { decompressFrame, parseGIF } from 'gifuct-js';
