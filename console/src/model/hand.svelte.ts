/** Is the person at work in this part of the page? Then nothing in it is sorted anew. */

/** The hand counts as gone after this time. */
const AWAY_MS = 3_000;
/** The focus may rest in a list all night: without a key pressed it is no hand after this time. */
const RESTS_MS = 10_000;

export class Hand {
  here = $state(false);
  #pointer = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** For `{@attach}`: follows pointer and focus in that element. */
  readonly on = (node: HTMLElement): (() => void) => {
    const come = (): void => this.#come();
    const stop = [
      listen(node, 'pointerenter', () => {
        this.#pointer = true;
        this.#come();
      }),
      listen(node, 'pointerleave', () => {
        this.#pointer = false;
        this.#goSoon(node.contains(document.activeElement) ? RESTS_MS : AWAY_MS);
      }),
      listen(node, 'focusin', come),
      listen(node, 'keydown', come),
      // May come while the page is being drawn: nothing but the time is set here.
      listen(node, 'focusout', () => this.#goSoon(AWAY_MS)),
    ];
    return () => {
      for (const one of stop) one();
      clearTimeout(this.#timer);
      // What goes from under the pointer says nothing of it; what comes in its place begins anew.
      this.#pointer = this.here = false;
    };
  };

  #come(): void {
    if (!this.here) this.here = true;
    this.#goSoon(RESTS_MS);
  }

  #goSoon(after_ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#pointer) this.#timer = setTimeout(() => (this.here = false), after_ms);
  }
}

function listen(node: HTMLElement, type: string, run: () => void): () => void {
  node.addEventListener(type, run);
  return () => node.removeEventListener(type, run);
}
