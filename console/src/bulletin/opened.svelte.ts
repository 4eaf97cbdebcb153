/** Which number of the bulletin is opened, and the cases that it counts. */
class Opened {
  label = $state('');
  cases = $state.raw<readonly string[]>([]);

  toggle(label: string, cases: readonly string[]): void {
    if (this.label === label) this.close();
    else [this.label, this.cases] = [label, cases];
  }

  close(): void {
    [this.label, this.cases] = ['', []];
  }
}

export const opened = new Opened();
