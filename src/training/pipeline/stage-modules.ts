/** Whether an engineered stage is code in a file, which runs only once the user has agreed to it. */
export function isModule(engineered: string): boolean {
  return /\.[cm]?js$/i.test(engineered);
}
