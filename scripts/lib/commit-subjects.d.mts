export declare const LONGEST_SUBJECT: number;
/** What is wrong with the subjects of commits, given as lines of a hash, a blank and a subject. */
export declare function subjectProblems(log: string): string[];
