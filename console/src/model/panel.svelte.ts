import type { Failure } from '../api/client';

/** Which part of the incident panel was asked for last, so that it opens there. */
export type PanelPart = 'dispatch' | 'closing' | 'points';

class Panel {
  part = $state<PanelPart | null>(null);
  /** Rises with every request, so that the same part can be asked for twice. */
  asked = $state(0);
  #taken = 0;

  /** Why the last close was refused, and of which incident: said beside the button. */
  refused = $state.raw<{ incident: string; failure: Failure } | null>(null);

  show(part: PanelPart, refused: { incident: string; failure: Failure } | null = null): void {
    this.part = part;
    this.refused = refused;
    this.asked += 1;
  }

  /** Is this part to be opened now? Once for each request: a page that is opened again has no part in it. */
  take(part: PanelPart): boolean {
    if (this.part !== part || this.asked === this.#taken) return false;
    this.#taken = this.asked;
    return true;
  }
}

export const panel = new Panel();
