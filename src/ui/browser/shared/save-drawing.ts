import { type ComponentChild, render } from 'preact';
import { type ChartFile, type ChartFormat, chartFile } from './chart-export';

export interface DrawingToSave {
  /** What the file is called, without its extension. */
  readonly name: string;
  /** A drawing (an SVG element) that is made for the file: pages show another, or a canvas. */
  readonly drawing?: ComponentChild;
  readonly values?: () => string;
}

/**
 * Makes a file of what a page does not show as it is saved. The drawing is in the page for that long, since its looks
 * are those of its place.
 *
 * @param into the element whose looks it has
 */
export async function fileOfDrawing(
  into: Element,
  { name, drawing, values = () => '' }: DrawingToSave,
  format: ChartFormat,
): Promise<ChartFile | undefined> {
  const aside = document.createElement('div');
  aside.className = 'aside';
  aside.ariaHidden = 'true';
  into.append(aside);
  try {
    if (drawing !== undefined) render(drawing, aside);
    return await chartFile({ name, values, drawing: () => aside.querySelector('svg') ?? undefined }, format);
  } finally {
    render(null, aside);
    aside.remove();
  }
}
