// The script of a report as a file: it saves charts, and nothing else needs it.
import { exportFigures } from '../shared/chart-export';
import './report.css';

exportFigures(
  () => document.title,
  ({ name, type, content }) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = Object.assign(document.createElement('a'), { href: url, download: name });
    link.click();
    // The browser has taken hold of it by then.
    setTimeout(() => {
      URL.revokeObjectURL(url);
    }, 10_000);
  },
);

document.documentElement.classList.add('scripted');
