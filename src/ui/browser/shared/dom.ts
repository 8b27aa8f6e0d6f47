import type { Markup } from '../../markup';

const SVG = 'http://www.w3.org/2000/svg';

/** Makes elements of markup; every text in it becomes a text node. */
export function toDom(markup: Markup, isDrawing = false): Element {
  const inDrawing = isDrawing || markup.tag === 'svg';
  const element = inDrawing ? document.createElementNS(SVG, markup.tag) : document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes))
    if (name !== 'xmlns') element.setAttribute(name, value);
  element.append(
    ...markup.children.map(child => (typeof child === 'string' ? child : toDom(child, inDrawing))),
  );
  return element;
}

/** An element of the page itself. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Shows or hides an element, and fills it with a text. */
export function showText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}

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
