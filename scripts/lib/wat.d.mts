/** Compiles a file of WebAssembly text with lines that are repeated. */
export declare function compileWat(file: string): Promise<Buffer>;
