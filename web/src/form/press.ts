/**
 * A press of the pointer begins by leaving the field before, which may take away a message there. Nothing may move until the
 * press has ended, or the click misses what it was meant for.
 */
export class Press {
  #down = false;
  #waiting: (() => void)[] = [];

  constructor() {
    window.addEventListener("pointerdown", () => (this.#down = true), true);
    for (const end of ["pointerup", "pointercancel"]) {
      // The click itself comes right after the release.
      window.addEventListener(end, () => setTimeout(() => this.#ended()), true);
    }
  }

  #ended(): void {
    this.#down = false;
    for (const work of this.#waiting.splice(0)) work();
  }

  /** Does something at once, or when the press has ended. */
  after(work: () => void): void {
    if (this.#down) this.#waiting.push(work);
    else work();
  }
}
