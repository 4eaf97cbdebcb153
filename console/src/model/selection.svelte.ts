/** What is selected, on every view alike. Ids, since rows are replaced. */
class Selection {
  incident = $state<string | null>(null);
  unit = $state<string | null>(null);
  /** The call whose form is open. */
  call = $state<string | null>(null);
  /** A form without a call is open: an officer met it, or it is entered afterwards. */
  newIncident = $state(false);

  selectIncident(id: string | null): void {
    this.incident = id;
  }

  selectUnit(id: string | null): void {
    this.unit = id;
  }

  openCall(id: string): void {
    this.call = id;
    this.newIncident = false;
  }

  openBlank(): void {
    this.call = null;
    this.newIncident = true;
  }

  closeForm(): void {
    this.call = null;
    this.newIncident = false;
  }

  clear(): void {
    this.incident = this.unit = this.call = null;
    this.newIncident = false;
  }
}

export const selection = new Selection();
