interface Addresses {
  readonly repository: string;
  readonly contact: string;
}

/** The addresses of project.json. */
export declare const addresses: Addresses;
/** The names of those that are not real yet. */
export declare function placeholdersIn(addresses: Partial<Addresses>): string[];
/** What package.json says of them. */
export declare function manifestAddresses(addresses: Addresses): {
  readonly homepage: string;
  readonly repository: { readonly type: 'git'; readonly url: string };
  readonly bugs: { readonly url: string };
};
