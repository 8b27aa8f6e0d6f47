import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { PilotReport } from '../../../src/protocol/pilot-report';
import { decadeScale, linearScale, logScale } from '../../../src/ui/charts/axis-scale';
import { toCsv } from '../../../src/ui/charts/chart';
import { el, htmlOf } from '../../../src/ui/markup';
import { effectiveDataChart } from '../../../src/ui/report/difference-charts';
import { learningCurveChart } from '../../../src/ui/report/learning-curve-chart';
import { reportPage } from '../../../src/ui/report/report-page';
import { REPORT, arm } from './sample-report';

const page = (report: PilotReport, name?: string): string =>
  reportPage(report, {
    language: 'en',
    assets: { style: 'p { color: red }', script: 'if (1 < 2) save();' },
    ...(name === undefined ? {} : { name }),
  });

describe('the page of a report', () => {
  it('says the verdict and all that it rests on, each chart as a table too', () => {
    const html = page(REPORT);
    assert.match(
      html,
      /animal: transfer learning \(transfer-full\) is better than single-task training at 160 examples: \+5\.0 points \[1\.0, 9\.0\]/,
    );
    assert.match(html, /<th scope="row">transfer-full<\/th><td>50\.0 % \[48\.0 %, 52\.0 %\]<\/td>/);
    assert.match(html, /120 \[40, 300\]/);
    assert.match(html, /break-even: 2,100/);
    assert.match(html, /fitted without 160 examples: predicted 66\.0 %, measured 65\.0 %/);
    assert.match(html, /✓<\/span> The inputs are alike/);
    assert.equal(html.match(/<svg [^>]*role="img"/g)?.length, 3);
    assert.equal(html.match(/class="beyond"/g)?.length, 1);
  });

  it('draws what each stage costs and what each task gains, and sets conditions beside what was measured', () => {
    const at = (value: number): { value: number; low: number; high: number } => ({
      value,
      low: value - 0.01,
      high: value + 0.01,
    });
    const html = page({
      ...REPORT,
      arms: [
        ...REPORT.arms,
        arm('pipeline', [0.5, 0.6, 0.7], {
          stages: [
            { stage: 'audio->phonemes', own: { metric: 'accuracy', value: 0.9 }, cost: at(0.08) },
            { stage: 'phonemes->words' },
          ],
        }),
        arm('multitask-joint', [0.6], {
          tasks: {
            animal: { metric: 'balanced-accuracy', value: 0.6, alone: 0.58, gain: at(0.02) },
            age: { metric: 'mae', value: 3, alone: 2, gain: at(-1) },
            unknown: { metric: 'mae', value: 3 },
          },
        }),
      ],
      conditions: [
        ...REPORT.conditions,
        { ...REPORT.conditions[0]!, id: 'pipeline/stage-engineered', status: 'unmet' },
      ],
    });
    assert.deepEqual(
      [...html.matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id),
      ['sizes', 'differences', 'worth', 'stages', 'tasks', 'tasks-2'],
    );
    assert.match(html, /<th scope="row">audio-&gt;phonemes<\/th><td>8\.0 points \[7\.0, 9\.0\]<\/td>/);
    assert.match(html, /<td>age \(MAE\)<\/td><td>3<\/td><td>2<\/td><td>−1 MAE \[-1\.01, -0\.99\]/);
    assert.match(
      html,
      /<h3>transfer learning<\/h3>.*transfer-full: \+5\.0 points \[1\.0, 9\.0\] at 160 examples/,
    );
    assert.match(html, /title="unmet">✗<.*pipeline: 70\.0 % at 160 examples/);
  });

  it('needs nothing else: no script but its own, no link, no address to load from', () => {
    const html = page(REPORT).replace('<script>if (1 < 2) save();</script>', '');
    const hash = createHash('sha256').update('if (1 < 2) save();').digest('base64');
    assert.ok(html.includes(`script-src &#39;sha256-${hash}&#39;;`));
    assert.match(html, /Content-Security-Policy" content="default-src &#39;none&#39;/);
    assert.doesNotMatch(html, /<script|<link|<img|@import|url\((?!#)|\son\w+=/i);
    assert.deepEqual(
      html.match(/https?:[^"]+/g)?.filter(url => url !== 'http://www.w3.org/2000/svg'),
      [],
    );
  });

  it('shows names as they are written, never as markup', () => {
    const name = `<script>alert("x")</script> & 'co'`;
    const html = page({ ...REPORT, task: name, arms: [arm(name, [0.5])], warnings: [name] }, name);
    assert.doesNotMatch(html, /<script>alert/);
    assert.match(html, /<h1>&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt; &amp; &#39;co&#39;<\/h1>/);
  });

  it('shows what there is of a run with one trial, with no numbers, or with nothing yet', () => {
    const { verdict: _, ...open } = REPORT;
    const one = page({ ...open, arms: [arm('single-task', [0.5])], complete: false });
    assert.match(one, /no verdict yet/);
    assert.match(one, /Preliminary verdict: some trials have not finished/);
    assert.doesNotMatch(one, /NaN|Infinity|undefined/);
    const odd = page({ ...REPORT, arms: [arm('single-task', [NaN, 0.5]), arm('transfer-full', [NaN])] });
    assert.doesNotMatch(odd.replace(/<table>.*?<\/table>/gs, ''), /NaN|Infinity/);
    const empty = page({ ...open, arms: [], conditions: [] });
    assert.doesNotMatch(empty, /<figure/);
  });

  it('draws nothing outside the drawing', () => {
    for (const chart of [learningCurveChart(REPORT), effectiveDataChart(REPORT)]) {
      const places = [...htmlOf(chart!.drawing).matchAll(/\b(?:x1?|x2|cx)="([\d.-]+)"/g)].map(found =>
        Number(found[1]),
      );
      assert.ok(places.length > 4);
      assert.ok(
        places.every(place => place >= 0 && place <= 720),
        places.join(),
      );
    }
  });
});

describe('axes', () => {
  it('have round ticks inside their range', () => {
    assert.deepEqual(linearScale([0.42, 0.97], [0, 100]).ticks, [0.6, 0.8]);
    assert.deepEqual(linearScale([-3, 1.5], [0, 1]).ticks, [-3, -2, -1, 0, 1]);
    assert.deepEqual(logScale([10, 400], [0, 1]).ticks, [10, 20, 50, 100, 200]);
    assert.deepEqual(logScale([10, 40_000], [0, 1]).ticks, [10, 100, 1000, 10_000]);
    assert.equal(Math.round(logScale([10, 1000], [0, 100]).place(100)), 50);
  });

  it('have ticks at powers of ten over values of any size', () => {
    assert.deepEqual(decadeScale([0.0004, 3], [0, 1]).ticks, [0.001, 0.01, 0.1, 1]);
    assert.deepEqual(decadeScale([0.3, 3], [0, 1]).ticks, [0.5, 1, 2]);
    assert.equal(decadeScale([0.01, 1], [0, 100]).place(0.1), 50);
  });

  it('hold for a single value', () => {
    assert.ok(Number.isFinite(linearScale([5, 5], [0, 1]).place(5)));
    assert.ok(Number.isFinite(logScale([5, 5], [0, 1]).place(5)));
  });
});

describe('values for other programs', () => {
  it('are in full, and quoted where CSV needs it', () => {
    const rows = [
      ['x,"y" ', 0.123456789],
      ['=1+1', NaN],
      ['z', undefined],
    ];
    const lines = ['a,b', `"x,""y"" ",0.123456789`, `'=1+1,`, 'z,', ''];
    assert.equal(toCsv({ header: ['a', 'b'], rows }), lines.join('\r\n'));
  });

  it('are those of the chart, fitted ones too', () => {
    const { header, rows } = learningCurveChart(REPORT)!.values;
    assert.deepEqual(header, ['strategy', 'examples', 'kind', 'balanced-accuracy', 'low', 'high']);
    assert.deepEqual(rows.at(-1), ['transfer-full', 640, 'extrapolated', 0.7, 0.6, 0.8]);
  });
});

describe('markup', () => {
  it('escapes texts and attributes, and leaves markup', () => {
    assert.equal(
      htmlOf(el('p', { title: '"<' }, 'a & b', el('b', {}, '<'))),
      '<p title="&quot;&lt;">a &amp; b<b>&lt;</b></p>',
    );
  });
});
