import assert from 'node:assert/strict';
import { renderToString } from 'preact-render-to-string';
import { Controls, Legend } from '../../../../src/ui/browser/run/curve-controls';
import { RunHeader } from '../../../../src/ui/browser/run/run-page';
import { DEFAULT_VIEW } from '../../../../src/ui/browser/run/run-session';
import { RunsPage, type RunsPageProps } from '../../../../src/ui/browser/runs/runs-page';
import { markupView } from '../../../../src/ui/browser/shared/markup-view';
import { el, htmlOf } from '../../../../src/ui/markup';
import type { ListedRun } from '../../../../src/ui/runs/runs-page-messages';
import { REPORT } from '../sample-report';

const nothing = (): void => undefined;
const evil = '<img src=x onerror=alert(1)>';

const listed = (id: string, more: Partial<ListedRun> = {}): ListedRun => ({
  ...{ folder: `/runs/${id}`, id, kind: 'pilot', task: 'animal', state: 'finished' },
  ...{ started: '2026-01-01T10:20:30Z', sizes: [40], seeds: 3, available: 500, annotations: 'x', data: {} },
  metric: { name: 'accuracy', higherIsBetter: true },
  ...more,
});

const page = (more: Partial<RunsPageProps>): string =>
  renderToString(
    <RunsPage
      list={{ runs: [listed('a'), listed('b')], broken: [] }}
      view={{ version: 1, filter: '', state: '', chosen: [] }}
      said={undefined}
      change={nothing}
      undo={nothing}
      actions={{ open: nothing, rename: nothing, note: nothing, remove: nothing }}
      {...more}
    />,
  );

const rowsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<tr data-folder="([^"]+)"/g)].map(([, folder = '']) => folder);

describe('the list of runs', () => {
  it('shows the runs that fit the filter, and says so where none does', () => {
    const view = { version: 1, filter: 'B', state: '', chosen: [] } as const;
    const runs = [listed('a', { task: 'x' }), listed('b', { task: 'x', report: REPORT })];
    const list = { runs, broken: [{ folder: 'c', message: evil }] };
    const html = page({ list, view: { ...view, chosen: [] } });
    assert.deepEqual(rowsOf(html), ['/runs/b']);
    assert.match(html, /<li>c: &lt;img/);
    assert.match(html, /<\/span>transfer learning/);
    assert.match(
      page({ list, view: { ...view, filter: 'nowhere', chosen: [] } }),
      /<p class="empty">No runs match/,
    );
    assert.match(page({ list: { runs: [], broken: [] } }), /No runs yet/);
  });

  it('deletes no run that goes on, and undoes what can be undone', () => {
    const html = page({
      list: { runs: [listed('a', { state: 'running' })], broken: [] },
      said: { text: evil, canUndo: true },
    });
    assert.match(html, /<button [^>]*disabled[^>]*title="Stop the run first\."/);
    assert.match(html, /role="status"><span>&lt;img/);
    assert.match(html, /<button type="button" class="plain">Undo/);
    assert.match(page({ said: { text: 'x', canUndo: false } }), /class="plain" hidden>Undo/);
  });

  it('compares the two runs that are chosen', () => {
    const html = page({
      view: { version: 1, filter: '', state: '', chosen: ['/runs/a', '/runs/b', '/runs/gone'] },
    });
    assert.match(html, /<h2>Comparison<\/h2>/);
    assert.equal(html.match(/type="checkbox" checked/g)?.length, 2);
    assert.match(page({}), /Select two runs to compare/);
  });
});

describe('the page of a run', () => {
  it('says how far it is, and what went wrong, as text', () => {
    const html = renderToString(
      <RunHeader
        facts={{
          ...{ id: 'r', kind: 'pilot', task: 't', started: '2026-01-01T00:00:00Z', available: 1000 },
          ...{ warnings: [], notes: evil, metric: { name: 'accuracy', higherIsBetter: true } },
        }}
        status={{ state: 'running', finished: 3, failed: 1, total: 8, message: evil }}
        report={undefined}
        warnings={['second']}
      />,
    );
    assert.match(html, /<h1>Pilot of t<\/h1>/);
    assert.match(html, /<progress max="1" value="0.5"/);
    assert.match(html, /running · 3 of 8 trials · 1 failed/);
    assert.match(html, /role="status"><li>&lt;img [^<]*<\/li><li>second<\/li>/);
    assert.doesNotMatch(html, /<img/);
  });

  it('shows how curves are drawn, and which arms are hidden', () => {
    const view = { ...DEFAULT_VIEW, size: 40, hidden: ['b'] };
    const controls = renderToString(
      <Controls view={view} sizes={[40, 1000]} isHidden={false} change={nothing} />,
    );
    assert.match(controls, /<option selected value="40">40<\/option><option value="1000">1,000/);
    const entries = [
      { arm: 'b', strategy: 'transfer' },
      { arm: 'a', strategy: 'single-task' },
    ];
    const legend = renderToString(
      <Legend entries={entries} hiddenArms={view.hidden} isHidden={false} toggle={nothing} />,
    );
    assert.deepEqual(
      [...legend.matchAll(/aria-pressed="(\w+)".*?<\/svg>(\w)/g)].map(([, pressed, arm]) => [arm, pressed]),
      [
        ['a', 'true'],
        ['b', 'false'],
      ],
    );
  });
});

describe('markup that reports and pages share', () => {
  it('says the same in a page as in a file', () => {
    const markup = el('p', { id: 'x', title: evil }, evil, el('b', { 'data-n': 1.005 }, 2));
    assert.equal(
      renderToString(markupView(markup)).replace(/&#39;/g, "'"),
      htmlOf(markup).replaceAll('&gt;', '>'),
    );
  });
});
