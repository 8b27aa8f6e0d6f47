import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../advisor/text/format';
import type { RunView } from '../../protocol';
import { make } from '../shared/dom';

export interface Controls {
  readonly element: HTMLElement;
  readonly show: (view: RunView, sizes: readonly number[]) => void;
}

/** How the curves are drawn, for the user to say. */
export function createControls(change: (part: Partial<RunView>) => void): Controls {
  const element = make('form', { className: 'controls' });
  element.setAttribute('aria-label', l10n.t('How curves are drawn'));
  element.addEventListener('submit', event => {
    event.preventDefault();
  });
  const select = (label: string, options: readonly (readonly [string, string])[]): HTMLSelectElement => {
    const box = make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)));
    element.append(make('label', {}, `${label} `, box));
    return box;
  };
  const by = select(l10n.t('Show'), [
    ['mean', l10n.t('mean over seeds')],
    ['trial', l10n.t('each trial')],
  ]);
  const size = select(l10n.t('Training examples'), []);
  const axis = select(l10n.t('Against'), [
    ['epoch', l10n.t('epoch')],
    ['step', l10n.t('step')],
    ['seconds', l10n.t('seconds')],
  ]);
  const smoothing = make('input', { type: 'range', min: '0', max: '0.95', step: '0.05' });
  element.append(make('label', {}, `${l10n.t('Smoothing')} `, smoothing));
  const logarithmic = make('input', { type: 'checkbox' });
  element.append(make('label', {}, logarithmic, ` ${l10n.t('Logarithmic loss')}`));

  by.addEventListener('change', () => {
    change({ by: by.value === 'trial' ? 'trial' : 'mean' });
  });
  size.addEventListener('change', () => {
    const { value } = size;
    change({ size: value === 'latest' || value === 'all' ? value : Number(value) });
  });
  axis.addEventListener('change', () => {
    const { value } = axis;
    change({ axis: value === 'step' || value === 'seconds' ? value : 'epoch' });
  });
  smoothing.addEventListener('input', () => {
    change({ smoothing: Number(smoothing.value) });
  });
  logarithmic.addEventListener('change', () => {
    change({ logarithmic: logarithmic.checked });
  });
  let listed = '';
  return {
    element,
    show(view, sizes) {
      if (sizes.join() !== listed) {
        listed = sizes.join();
        size.replaceChildren(
          make('option', { value: 'latest' }, l10n.t('largest so far')),
          make('option', { value: 'all' }, l10n.t('all')),
          ...sizes.map(n => make('option', { value: String(n) }, formatCount(n))),
        );
      }
      by.value = view.by;
      size.value = String(view.size);
      axis.value = view.axis;
      smoothing.value = String(view.smoothing);
      smoothing.title = view.smoothing.toFixed(2);
      logarithmic.checked = view.logarithmic;
    },
  };
}
