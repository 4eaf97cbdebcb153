/**
 * Answers may come in another order than they were asked for: none is taken that is older than what
 * was taken last.
 */
export class InOrder {
  #asked = 0;
  #taken = 0;

  /** The answer to what is asked now; null where a later one has come before it. */
  async take<T>(asking: Promise<T>): Promise<T | null> {
    const asked = ++this.#asked;
    const answer = await asking;
    if (asked < this.#taken) return null;
    this.#taken = asked;
    return answer;
  }
}
