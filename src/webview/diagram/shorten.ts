/** How wide a text is, in pixels. */
export type Measure = (text: string) => number;

/** A text that fits: whole, or its beginning and its end with an ellipsis between them, never half a character. */
export function shortened(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  // Of a text of a megabyte nobody measures every cut.
  const letters = graphemes(text.length > 1000 ? `${text.slice(0, 500)}${text.slice(-500)}` : text);
  let [low, high] = [0, letters.length];
  const cut = (kept: number): string => {
    const end = Math.floor(kept / 3);
    return `${letters.slice(0, kept - end).join('')}…${end > 0 ? letters.slice(-end).join('') : ''}`;
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}

function graphemes(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}
