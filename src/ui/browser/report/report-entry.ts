// The script of a report as a file: it saves charts, and nothing else needs it.
import { type ChartFile, exportFigures } from '../shared/chart-export';
import './report.css';

function download({ name, type, content }: ChartFile): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

exportFigures(
  () => document.title,
  file => {
    file.then(made => {
      if (made) download(made);
    }, console.error);
  },
);

document.documentElement.classList.add('scripted');
