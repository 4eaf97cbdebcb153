/** The message line: what just happened, or why it did not and what to do. Never a dialog. */
export interface Message {
  id: number;
  tone: 'done' | 'waiting' | 'problem';
  /** A function, so that the text follows the language. */
  text: () => string;
  /** What to do about it. */
  remedy?: (() => string) | undefined;
  undo?: { label: () => string; run: () => void } | undefined;
  until_ms: number;
}

const STAY_MS = { done: 6_000, waiting: 60_000, problem: 20_000 };
export const UNDO_STAY_MS = 30_000;
const KEEP = 4;

class Messages {
  list = $state.raw<Message[]>([]);
  #next = 1;

  /** Shows a message; returns its id, so that it can be taken away again. */
  show(message: Omit<Message, 'id' | 'until_ms'>): number {
    const id = this.#next++;
    const stay = message.undo ? UNDO_STAY_MS : STAY_MS[message.tone];
    this.list = [...this.list, { ...message, id, until_ms: Date.now() + stay }].slice(-KEEP);
    setTimeout(() => this.drop(id), stay);
    return id;
  }

  /** Takes back what a message reported. It goes first: what that says is another message. */
  undo({ id, undo }: Pick<Message, 'id' | 'undo'>): void {
    this.drop(id);
    undo?.run();
  }

  drop(id: number): void {
    this.list = this.list.filter((message) => message.id !== id);
  }
}

export const messages = new Messages();
