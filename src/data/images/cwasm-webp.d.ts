declare module '@cwasm/webp' {
  /** Decodes to RGBA, 8 bits each. @throws for bytes that are not a WebP image */
  export function decode(input: Uint8Array): {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8ClampedArray;
  };
}
