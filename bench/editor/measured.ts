/** What one window has measured, in milliseconds where nothing else is said. */
export interface Measured {
  /** Reading and compiling what is loaded at activation. */
  readonly load: number;
  readonly activate: number;
  /** From activation until all folders are known. */
  readonly index: number;
  /** Files that were opened to know them, and those with annotations. */
  readonly filesRead: number;
  readonly filesAnnotated: number;
  /** What the extension and its index keep in memory, in bytes. */
  readonly memory: number;
  /** One of each try; in a window that is opened again, none. */
  readonly edits: readonly number[];
  readonly keystrokes: readonly number[];
  readonly hovers: readonly number[];
  readonly completions: readonly number[];
}

/** What the window is to do, from the program that opens it. */
export interface Task {
  /** Where it writes what it has measured. */
  readonly output: string;
  /** The file that is edited. */
  readonly file: string;
  /** How many names the folder has: datasets, tasks and pipelines. */
  readonly names: number;
  /** How often each thing is tried. */
  readonly tries: number;
}
