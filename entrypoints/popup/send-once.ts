/**
 * The second half of a double click sends nothing: what was kept or scheduled is done at once, and the button for the next
 * stands in the same place.
 */
export function sendOnce(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}
