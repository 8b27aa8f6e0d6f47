/** What is wrong with GitHub workflows: one line for each problem. */
export declare function workflowProblems(
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]>;
