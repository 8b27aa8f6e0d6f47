// Imported when first needed: it compiles a megabyte of WebAssembly as it loads.
export { Database } from 'node-sqlite3-wasm';
