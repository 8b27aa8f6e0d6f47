import type { Measure } from '../../diagram/shorten';

/** Measures texts as the drawing shows them: 12 pixels high, in the font of the page. */
export function createMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text => 7 * text.length;
  const { fontFamily } = getComputedStyle(document.body);
  context.font = `12px ${fontFamily}`;
  return text => context.measureText(text).width;
}
