import type { TypedTranslate } from '../../lib/locale/translate.ts';
import { buildElement } from '../steem.content/build-element.ts';
import { buildButton, onTrusted } from '../steem.content/on-trusted.ts';

/** Percent. */
const presets = [1, 5, 10, 25, 50, 75, 100];
const limits = { min: '-100', max: '100' };

export interface WeightField {
  readonly element: HTMLElement;
  /** Percent, NaN where the person typed something else. */
  read(): number;
  /** Sets a weight that is known now, unless the person has chosen one already or is about to type one. */
  suggest(weight: number): void;
  /** Takes suggestions again where none was chosen: they are for another account from now on. */
  renew(): void;
  focus(): void;
}

/** A slider with a number beside it, for weights finer than the slider's, and buttons for the usual ones. */
export function createWeightField(translate: TypedTranslate, onChange: () => void): WeightField {
  const range = buildElement('input', { type: 'range', id: 'weight', step: '1', ...limits });
  const number = buildElement('input', {
    type: 'number',
    step: '0.01',
    'aria-label': translate('page_weight_percent'),
    ...limits,
  });
  let isMoved = false;
  let isTouched = false;
  const set = (weight: number) => {
    range.value = number.value = String(weight);
    onChange();
  };
  const move = (weight: number) => {
    isMoved = true;
    set(weight);
  };
  // What is typed goes into what stands there: it must not change between the two.
  onTrusted(number, 'focus', () => (isTouched = true));
  onTrusted(range, 'input', () => move(range.valueAsNumber));
  onTrusted(number, 'input', () => {
    isMoved = true;
    range.value = number.value;
    onChange();
  });
  return {
    element: buildElement(
      'div',
      {},
      buildElement('label', { for: 'weight' }, translate('page_weight')),
      buildElement('div', { class: 'row' }, range, number, '%'),
      buildElement(
        'div',
        { class: 'row presets' },
        ...presets.map((weight) => buildButton(`${weight} %`, () => move(weight))),
      ),
    ),
    read: () => number.valueAsNumber,
    suggest(weight) {
      if (!isMoved && !isTouched) set(weight);
    },
    renew: () => (isTouched = false),
    focus: () => range.focus(),
  };
}
