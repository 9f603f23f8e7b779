/** A view on a real DOM, with the real English texts and a background that answers as the test says. */
import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { onTestFinished, vi } from 'vitest';
import type { Actions } from '../../lib/actions/index.ts';
import { ActionError, type Invoke } from '../../lib/bus/client.ts';
import type { ErrorCode } from '../../lib/errors.ts';
import { createTranslate } from '../../lib/locale/translate.ts';
import type { Topic } from '../../lib/ports.ts';
import { ViewProvider } from '../../lib/ui/view-context.ts';
import type { ViewPorts } from '../../lib/ui/view-ports.ts';

type Id = keyof Actions;
export type Answers = { [A in Id]?: (input: Actions[A]['input']) => unknown };

export interface FakePorts extends ViewPorts {
  /** Every question asked of the background, in order. */
  readonly asked: { readonly action: string; readonly input: unknown }[];
  readonly announce: (topic: Topic) => void;
}

const english = JSON.parse(readFileSync('assets/static/_locales/en/messages.json', 'utf8')) as Record<
  string,
  { message: string } | undefined
>;

/** A background that answers by the table; a question that is not in it is a mistake of the test. */
export function createFakeViewPorts(answers: Answers, overrides: Partial<ViewPorts> = {}): FakePorts {
  const asked: FakePorts['asked'] = [];
  const listeners = new Set<(topic: Topic) => void>();
  const table = answers as Record<string, ((input: unknown) => unknown) | undefined>;
  const invoke = (action: string, input: unknown) => {
    asked.push({ action, input });
    const answer = table[action];
    if (answer === undefined) return Promise.reject(new Error(`The test has no answer for ${action}.`));
    return Promise.resolve(input).then(answer);
  };
  return {
    asked,
    announce: (topic) => listeners.forEach((listener) => listener(topic)),
    // The answers are written by hand in each test; what the real door guarantees is that they fit the action.
    invoke: invoke as Invoke,
    t: createTranslate((key) => english[key]?.message ?? '', 'en'),
    version: '1.2.3',
    now: () => Date.UTC(2026, 10, 21),
    timeZone: 'Europe/Warsaw',
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    whenIdle: vi.fn(),
    onChange: (listener, signal) => {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
    openOptions: vi.fn(() => Promise.resolve()),
    openLookUp: vi.fn(() => Promise.resolve()),
    requestHosts: vi.fn(() => Promise.resolve(true)),
    copy: vi.fn(() => Promise.resolve()),
    saveFile: vi.fn(),
    ...overrides,
  };
}

/** A refusal as the background sends it. */
export function refuse(code: ErrorCode, more: { field?: string; details?: string } = {}): never {
  throw new ActionError({ code, message: `sentence of ${code}`, ...more });
}

/** Draws a view and waits until all its questions are answered. */
export async function show(view: ComponentChildren, ports: ViewPorts): Promise<HTMLElement> {
  const root = document.createElement('div');
  document.body.append(root);
  onTestFinished(() => {
    render(null, root);
    root.remove();
  });
  await after(() => render(<ViewProvider value={ports}>{view}</ViewProvider>, root));
  return root;
}

/** Does something and waits until the view has taken it in. */
export async function after(work: () => void): Promise<void> {
  await act(work);
  // Effects run at the end of an act; what they ask for is answered in the next, and that may show more to ask for.
  for (let round = 0; round < 3; round += 1) await act(settle);
}

export const click = (element: Element) => after(() => (element as HTMLElement).click());

/** Types into a field, or chooses in a list, as a person does. */
export function type(element: Element, value: string): Promise<void> {
  return after(() => {
    (element as HTMLInputElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** Lets every promise that is already answered run its course. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** The control that a label names. Throws where there is none. */
export function field(root: Element, label: string): HTMLElement {
  const found = [...root.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === label);
  const control = found && (root.querySelector(`[id="${found.htmlFor}"]`) ?? found.querySelector('input'));
  if (!(control instanceof HTMLElement)) throw new Error(`No field ${label}.`);
  return control;
}

/** The button of this name; tabs are no buttons. Throws where there is none. */
export function button(root: Element, name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll<HTMLButtonElement>('button:not([role=tab])')].find(
    ({ textContent }) => textContent.trim() === name,
  );
  if (found === undefined) throw new Error(`No button ${name}.`);
  return found;
}

export const hasButton = (root: Element, name: string) =>
  [...root.querySelectorAll('button')].some(({ textContent }) => textContent.trim() === name);

/** What the live region says. */
export const status = (root: Element) => root.querySelector('[role=status]')?.textContent ?? '';
export const alert = (root: Element) => root.querySelector('[role=alert]')?.textContent ?? '';
