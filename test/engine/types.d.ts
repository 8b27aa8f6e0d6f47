/** What is used of jasmine 3, which declares no types of its own. */
declare module 'jasmine' {
  interface Spec {
    readonly fullName: string;
    readonly status: string;
    readonly failedExpectations: readonly { readonly message: string }[];
  }
  interface Run {
    readonly overallStatus: string;
    readonly incompleteReason?: string;
  }
  interface Reporter {
    specStarted?(): void;
    specDone?(spec: Spec): void;
    jasmineDone?(run: Run): void;
  }
  class Jasmine {
    constructor(options: object);
    exitOnCompletion: boolean;
    readonly env: { configure(options: object): void };
    clearReporters(): void;
    addReporter(reporter: Reporter): void;
    execute(): Promise<unknown>;
  }
  export = Jasmine;
}
