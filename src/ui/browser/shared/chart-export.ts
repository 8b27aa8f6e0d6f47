import type { ChartFormat } from '../../report/report-sections';

export type { ChartFormat };

/** A chart as a file. */
export interface ChartFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<ChartFormat, string>> = {
  png: 'image/png',
  svg: 'image/svg+xml',
  csv: 'text/csv;charset=utf-8',
};

/** What a drawing looks like elsewhere depends on these alone: style sheets stay behind. */
const LOOKS = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-family'],
  'text-anchor',
];

/** Pixels for each unit of a drawing. */
const SHARPNESS = 2;

/** Whoever keeps the drawing and the values of a chart: its figure, or what draws it on a canvas. */
export interface Exported {
  readonly name: string;
  /** A drawing that is in the page, so that its looks are known. */
  readonly drawing: () => SVGSVGElement | undefined;
  readonly values: () => string;
}

export async function chartFile(
  { name, drawing, values }: Exported,
  format: ChartFormat,
): Promise<ChartFile | undefined> {
  const file = (content: ChartFile['content']): ChartFile => ({
    name: `${safe(name)}.${format}`,
    type: TYPES[format],
    content,
  });
  // A mark tells spreadsheets that the text is UTF-8.
  if (format === 'csv') return file(`\ufeff${values()}`);
  const svg = drawing();
  if (!svg) return undefined;
  const { text, width, height } = standalone(svg);
  if (format === 'svg') return file(text);
  return file(await painted(text, width, height));
}

function safe(name: string): string {
  return (
    name
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^[^\w]+/, '')
      .slice(0, 80) || 'chart'
  );
}

/** A drawing with its looks written into it, on the page's background. */
function standalone(svg: SVGSVGElement): { text: string; width: number; height: number } {
  const { width, height: seen } = svg.viewBox.baseVal;
  const height = seen + Number(svg.dataset['legend'] ?? 0);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  for (const [i, element] of copy.querySelectorAll('*').entries()) {
    const original = originals[i];
    if (!original) continue;
    const looks = getComputedStyle(original);
    // Sizes of texts follow the width of the page; a file has its own.
    for (const name of LOOKS)
      element.setAttribute(name, name === 'font-size' ? '12px' : plain(looks.getPropertyValue(name)));
    element.removeAttribute('class');
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const background = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({
    width: '100%',
    height: '100%',
    fill: background,
    stroke: 'none',
  }))
    paper.setAttribute(name, value);
  copy.prepend(paper);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/** A mixed colour, which browsers name in a way of their own, as other programs know it. */
function plain(value: string): string {
  return value.replace(
    /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/,
    (_, red: string, green: string, blue: string, alpha = '1') =>
      `rgba(${[red, green, blue].map(part => Math.round(255 * Number(part))).join(', ')}, ${alpha})`,
  );
}

async function painted(svg: string, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SHARPNESS * width, SHARPNESS * height];
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(resolve => {
    canvas.toBlob(resolve, 'image/png');
  });
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
}

/** Gives the buttons of figures that are drawings in the page their meaning, those that come later too. */
export function exportFigures(
  prefix: () => string,
  save: (file: Promise<ChartFile | undefined>) => void,
): void {
  document.addEventListener('click', event => {
    const button = event.target instanceof Element ? event.target.closest('button[data-export]') : null;
    const figure = button?.closest('figure');
    const format = button?.getAttribute('data-export');
    if (!figure || !isFormat(format)) return;
    const chart: Exported = {
      name: `${prefix()}-${figure.id}`,
      drawing: () => figure.querySelector<SVGSVGElement>('svg[role=img]') ?? undefined,
      values: () => figure.dataset['values'] ?? '',
    };
    save(chartFile(chart, format));
  });
}

function isFormat(value: string | null | undefined): value is ChartFormat {
  return value === 'png' || value === 'svg' || value === 'csv';
}
