/** The one thing that lies over the page, if any: help, the settings, a deadline. It never hides an alarm. */
export type Overlay = 'help' | 'settings' | 'unsent' | 'why';

class Overlays {
  open = $state<Overlay | null>(null);

  toggle(which: Overlay): void {
    this.open = this.open === which ? null : which;
  }

  close(): void {
    this.open = null;
  }
}

export const overlays = new Overlays();
