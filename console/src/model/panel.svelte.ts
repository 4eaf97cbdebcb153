/** Which part of the incident panel was asked for last, so that it opens there. */
export type PanelPart = 'dispatch' | 'closing';

class Panel {
  part = $state<PanelPart | null>(null);
  /** Rises with every request, so that the same part can be asked for twice. */
  asked = $state(0);

  show(part: PanelPart): void {
    this.part = part;
    this.asked += 1;
  }
}

export const panel = new Panel();
