// Imported when first needed: it compiles WebAssembly as it loads.
export { decode } from '@cwasm/webp';
