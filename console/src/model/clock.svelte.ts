/** One clock for every timer on the screen: server time, ticking once a second. */

const DRIFT_PER_MESSAGE_MS = 5;

class ServerClock {
  /** Server time in ms, renewed once a second. */
  now_ms = $state(Date.now());
  #offset_ms: number | null = null;

  /**
   * Takes the server's time from a message. The message that travelled fastest shows the largest
   * offset and is the best estimate; it fades slowly so that a clock that was set is followed.
   */
  sync(server_time_ms: number): void {
    const offset = server_time_ms - Date.now();
    const jumped = this.#offset_ms !== null && Math.abs(offset - this.#offset_ms) > 5_000;
    if (this.#offset_ms === null || jumped) {
      this.#offset_ms = offset;
      this.tick();
    } else {
      this.#offset_ms = Math.max(offset, this.#offset_ms - DRIFT_PER_MESSAGE_MS);
    }
  }

  /** Server time at this moment, for times that are sent; timers use `now_ms`. */
  exact_ms(): number {
    return Date.now() + (this.#offset_ms ?? 0);
  }

  /** Says the time again, at once. */
  tick(): void {
    this.now_ms = this.exact_ms();
  }

  /** Starts the tick; returns how to stop it. */
  start(): () => void {
    const timer = setInterval(() => this.tick(), 1000);
    return () => clearInterval(timer);
  }
}

export const clock = new ServerClock();
