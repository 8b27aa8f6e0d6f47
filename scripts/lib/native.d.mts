export declare function copyNative(
  folder: string,
  target?: { readonly platform?: string; readonly arch?: string },
): void;
