/** The one thing that lies over the page, if any: help, the settings, a deadline, a picture. It never hides an alarm. */
export type Overlay = 'help' | 'settings' | 'unsent' | 'why' | 'picture';

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
