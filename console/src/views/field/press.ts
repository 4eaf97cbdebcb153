/** The emergency button: held for a second, or tapped twice; a single touch by accident does nothing. */

export const HOLD_MS = 1_000;
export const TWICE_WITHIN_MS = 2_500;

export type Press = 'idle' | 'holding' | 'once';

export class PressToRaise {
  state: Press = 'idle';
  #heldFrom_ms: number | null = null;
  #tapped_ms: number | null = null;
  #raised = false;

  down(now_ms: number): void {
    this.#heldFrom_ms = now_ms;
    this.#raised = false;
    this.state = 'holding';
  }

  /** To be asked while it is held; true once, when it was held long enough. */
  heldEnough(now_ms: number): boolean {
    if (this.#heldFrom_ms === null || this.#raised) return false;
    if (now_ms - this.#heldFrom_ms < HOLD_MS) return false;
    this.#raise();
    return true;
  }

  /** The touch slid away or was interrupted. */
  cancel(): void {
    this.#heldFrom_ms = null;
    this.state = this.#tapped_ms === null ? 'idle' : 'once';
  }

  /** A tap (or a key press) has ended; true when it was the second one. */
  tap(now_ms: number): boolean {
    const wasHeld = this.#raised;
    this.#raised = false;
    this.#heldFrom_ms = null;
    if (wasHeld) {
      this.state = 'idle';
      return false;
    }
    const twice = this.#tapped_ms !== null && now_ms - this.#tapped_ms <= TWICE_WITHIN_MS;
    if (twice) {
      this.#tapped_ms = null;
      this.state = 'idle';
      return true;
    }
    this.#tapped_ms = now_ms;
    this.state = 'once';
    return false;
  }

  /** Time passes: a single tap is forgotten. */
  forget(now_ms: number): void {
    if (this.#tapped_ms === null || now_ms - this.#tapped_ms <= TWICE_WITHIN_MS) return;
    this.#tapped_ms = null;
    if (this.state === 'once') this.state = 'idle';
  }

  #raise(): void {
    this.#raised = true;
    this.#heldFrom_ms = null;
    this.#tapped_ms = null;
    this.state = 'idle';
  }
}
