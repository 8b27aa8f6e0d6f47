/** The part used of what every Node has; its type declarations come with browsers' only. */
declare namespace WebAssembly {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- as the standard has it
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, object>>>>);
    readonly exports: object;
  }
  class Memory {
    /** @throws RangeError where there is no such memory */
    constructor(pages: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    readonly grow: (pages: number) => number;
  }
}
