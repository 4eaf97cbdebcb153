/** The deadline that is explained now: asked for anew when its clock changes, and while it stands still. */
import { get, type Failure } from '../api/client';
import type { WhyDeadline } from '../api/schema';
import { InOrder } from '../model/inOrder';
import { overlays } from '../model/overlays.svelte';

export interface Asked {
  incident: string;
  number: string;
  clock: string;
}

class Why {
  asked = $state.raw<Asked | null>(null);
  found = $state.raw<WhyDeadline | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #order = new InOrder();

  show(asked: Asked): void {
    if (this.asked?.incident !== asked.incident || this.asked.clock !== asked.clock)
      this.found = null;
    this.failure = null;
    this.asked = asked;
    overlays.open = 'why';
  }

  /** Asks the server; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    if (!this.asked) return;
    const { incident, clock } = this.asked;
    const path = { incident, clock };
    const result = await this.#order.take(
      get('/api/incidents/{incident}/clocks/{clock}/why', { params: { path } }),
    );
    if (!result || this.asked?.incident !== incident || this.asked.clock !== clock) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.found = result.value;
  }
}

export const why = new Why();
