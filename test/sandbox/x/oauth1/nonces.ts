/** What has been signed once and may not come again. */
export class Nonces {
  readonly #seen = new Set<string>();

  /** False when it was here before. */
  add(nonce: string): boolean {
    if (this.#seen.has(nonce)) return false;
    this.#seen.add(nonce);
    return true;
  }
}
