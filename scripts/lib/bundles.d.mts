import type { BuildOptions, Metafile } from 'esbuild';

export declare const programOptions: BuildOptions;
export declare function metafiles(): Promise<Metafile[]>;
