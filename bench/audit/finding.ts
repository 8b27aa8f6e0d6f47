/** What an experiment with a known truth came to. */
export interface Finding {
  readonly seen: string;
  readonly holds: boolean;
}
