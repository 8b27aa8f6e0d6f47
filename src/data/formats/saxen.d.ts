declare module 'saxen' {
  /** A parser of a whole document, which calls what is registered for each of its parts. */
  export class Parser {
    on(
      event: 'openTag',
      use: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void,
    ): this;
    on(event: 'closeTag', use: (name: string) => void): this;
    on(event: 'text', use: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', use: (text: string) => void): this;
    on(event: 'error' | 'warn', use: (error: Error) => void): this;
    parse(document: string): void;
  }
}
