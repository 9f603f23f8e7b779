/** The sandbox's own time: the machine's, moved by an offset that tests set. */
export class SandboxClock {
  /** Milliseconds the servers are ahead of the machine; negative when they lag. */
  offsetMs = 0;

  /** UTC ms. */
  now(): number {
    return Date.now() + this.offsetMs;
  }
}
