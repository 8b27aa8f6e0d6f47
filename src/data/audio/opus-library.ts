// Imported when first needed: it holds compiled code.
export { OggOpusDecoder } from 'ogg-opus-decoder';
