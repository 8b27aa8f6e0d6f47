// Imported when first needed: it holds compiled code.
export { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
