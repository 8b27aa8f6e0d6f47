/** What an example is read from. */
export type ExampleSource = { readonly file: string } | { readonly text: string };

/** Gives the features of one example, as a network that was trained elsewhere sees it. */
export type Embed = (source: ExampleSource) => Promise<Float32Array>;
