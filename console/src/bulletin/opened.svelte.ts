/** Which number of the bulletin is opened, and the cases that it counts. */
class Opened {
  #label = $state.raw<() => string>(() => '');
  cases = $state.raw<readonly string[]>([]);

  /** What the number is of, in the language of now; empty where none is opened. */
  get label(): string {
    return this.#label();
  }

  toggle(label: () => string, cases: readonly string[]): void {
    if (this.label === label()) this.close();
    else [this.#label, this.cases] = [label, cases];
  }

  close(): void {
    [this.#label, this.cases] = [() => '', []];
  }
}

export const opened = new Opened();
