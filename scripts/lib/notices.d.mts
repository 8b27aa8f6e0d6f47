/** The folders, from the root, of the packages that ship. */
export declare function shippedPackages(): Promise<string[]>;
/** The text of THIRD_PARTY_NOTICES.md for packages in these folders. */
export declare function noticesOf(folders: readonly string[]): string;
