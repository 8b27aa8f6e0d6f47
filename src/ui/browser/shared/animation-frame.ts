/** Calls once in the next frame, however often it is asked until then; less often where motion is unwelcome. */
export function perFrame(draw: () => void): () => void {
  let isAsked = false;
  const run = (): void => {
    isAsked = false;
    draw();
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (prefersReducedMotion()) setTimeout(() => requestAnimationFrame(run), 1000);
    else requestAnimationFrame(run);
  };
}

/** VS Code says so in a class, whatever the system prefers. */
export function prefersReducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
