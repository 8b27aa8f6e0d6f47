interface ReleaseState {
  readonly current: string;
  readonly changes: string;
  readonly tags: readonly string[];
  readonly changelog: string;
  readonly addresses: { readonly repository: string; readonly contact: string };
}

interface Bill {
  readonly metadata: { readonly component: object };
  readonly components: readonly { readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

export declare function isVersion(text: string): boolean;
export declare function compareVersions(one: string, other: string): number;
export declare function changelogEntry(
  changelog: string,
  version: string,
): { readonly date: string; readonly text: string } | undefined;
export declare function datedChangelog(changelog: string, version: string, date: string): string;
export declare function refusals(version: string, state: ReleaseState): string[];
export declare function withVersion(text: string, version: string): string;
export declare function checksums(files: readonly string[]): string;
export declare function shippedBill(
  bill: Bill,
  product: { readonly name: string; readonly version: string; readonly description: string },
  shipped: readonly { readonly name: string; readonly version: string }[],
): Bill;
