/** Which pane of the room is asked for, where several share one place. */
import { untrack } from 'svelte';

export type Pane = 'calls' | 'queue' | 'map' | 'units' | 'desk';

class Panes {
  /** Latest first. */
  #asked = $state.raw<Pane[]>([]);

  show(pane: Pane): void {
    untrack(() => (this.#asked = [pane, ...this.#asked.filter((one) => one !== pane)]));
  }

  /** The one of these that is shown: the one asked for last, else the first. */
  of(place: readonly Pane[]): Pane {
    return this.#asked.find((pane) => place.includes(pane)) ?? place[0]!;
  }
}

export const panes = new Panes();
