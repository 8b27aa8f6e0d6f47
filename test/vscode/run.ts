/** Runs a job and ends the process with the status it gives; a job that throws prints its message and gives 1. */
export function runAndExit(job: () => Promise<number>): void {
  job().then(
    status => process.exit(status),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
