import type { Failure } from '../api/client';

/** Which part of the incident panel was asked for last, so that it opens there. */
export type PanelPart = 'dispatch' | 'closing' | 'points' | 'referrals' | 'desks';

class Panel {
  part = $state<PanelPart | null>(null);
  /** Rises with every request, so that the same part can be asked for twice. */
  asked = $state(0);
  #taken = 0;
  /** Whom the form is to ask that was asked for last: the path of a partner, the code of a desk. */
  whom = $state('');

  /** Why the last close was refused, and of which incident: said beside the button. */
  refused = $state.raw<{ incident: string; failure: Failure } | null>(null);

  show(part: PanelPart, refused: { incident: string; failure: Failure } | null = null): void {
    this.part = part;
    this.refused = refused;
    this.asked += 1;
  }

  /** Opens the form that asks a partner or a desk, with that one chosen. */
  ask(part: 'referrals' | 'desks', whom: string): void {
    this.whom = whom;
    this.show(part);
  }

  /** Is this part to be opened now? Once for each request: a page that is opened again has no part in it. */
  take(part: PanelPart): boolean {
    if (this.part !== part || this.asked === this.#taken) return false;
    this.#taken = this.asked;
    return true;
  }
}

export const panel = new Panel();
