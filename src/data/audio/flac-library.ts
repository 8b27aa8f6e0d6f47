// Imported when first needed: it holds compiled code.
export { FLACDecoder } from '@wasm-audio-decoders/flac';
