/** Listens to what the person does. What a page's script dispatches is not trusted and goes unheard. */
export function onTrusted<Name extends keyof HTMLElementEventMap>(
  target: EventTarget,
  name: Name,
  listener: (event: HTMLElementEventMap[Name]) => void,
  options?: AddEventListenerOptions,
): void {
  target.addEventListener(
    name,
    (event) => {
      // The event map says what an event of this name is; EventTarget itself does not.
      if (event.isTrusted) listener(event as HTMLElementEventMap[Name]);
    },
    options,
  );
}

/** A button that the person can press; `label` is its accessible name where the text says too little. */
export function buildButton(
  text: string,
  onPress: (event: MouseEvent) => void,
  label = text,
): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.ariaLabel = label;
  // A second click of a double click was meant for what stood there before.
  onTrusted(button, 'click', (event) => event.detail < 2 && onPress(event));
  return button;
}
