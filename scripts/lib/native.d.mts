/** The names of the packages with native code. */
export declare const nativePackages: readonly string[];

/** Puts the packages with native code into a folder, for one platform. */
export declare function copyNative(
  folder: string,
  target?: { readonly platform?: string; readonly arch?: string },
): void;
