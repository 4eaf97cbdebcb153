/** The command line's text and history. Anybody may start a command in it; the person finishes it. */
const HISTORY = 50;

class CommandLine {
  text = $state('');
  /** Rises when the line should take the focus. */
  wanted = $state(0);
  #history: string[] = [];
  #at: number | null = null;

  focus(): void {
    this.wanted += 1;
  }

  /** Puts the beginning of a command there, to be finished. */
  prefill(text: string): void {
    this.text = text;
    this.focus();
  }

  remember(line: string): void {
    this.#history = [...this.#history.filter((old) => old !== line), line].slice(-HISTORY);
    this.#at = null;
  }

  older(): void {
    if (!this.#history.length) return;
    this.#at = Math.max(0, (this.#at ?? this.#history.length) - 1);
    this.text = this.#history[this.#at]!;
  }

  newer(): void {
    if (this.#at === null) return;
    this.#at += 1;
    if (this.#at >= this.#history.length) this.#at = null;
    this.text = this.#at === null ? '' : this.#history[this.#at]!;
  }
}

export const commandLine = new CommandLine();
