/**
 * Signing out. What was half-typed and what was shown of callers leaves the browser, in every window; what
 * is unsent stays for its member alone, who is asked first.
 */
import { ofRoom } from '../api/room';
import { leaveWork, openWindow, ownerOfWindow } from '../model/left';
import { session } from '../model/session.svelte';
import { explain } from './act';
import { outboxes } from './outgoing';

/** What a sign-out would lose: asked of the page that has it. */
type Loss = () => number;

class Leaving {
  /** What stands in the way, while the member is asked about it. */
  asking = $state<{ unsent: number; unsaved: number } | null>(null);
  /** Why the last try failed. */
  problem = $state.raw<ReturnType<typeof explain> | null>(null);
  /** Is the page being left for good? */
  gone = false;
  #loss: Loss = () => 0;
  readonly #windows =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(ofRoom('windows'));

  /** Other windows of the same member are left together. */
  listen(): void {
    openWindow();
    if (this.#windows)
      this.#windows.onmessage = ({ data }: MessageEvent<string>) => {
        // The server may have ended the session here before the other window says why.
        if (data === (session.member?.id ?? ownerOfWindow())) this.#leave(data);
      };
    // A page that the browser kept to go back to may be of somebody who has left.
    addEventListener('pageshow', (event) => event.persisted && location.reload());
  }

  /** The page of unsaved work says how much there is; returns how to take that back. */
  guard(loss: Loss): () => void {
    this.#loss = loss;
    return () => (this.#loss = () => 0);
  }

  /** Signs out, after asking if something would be left behind. */
  ask(): void {
    const unsent = outboxes.reduce((sum, box) => sum + box.unsent, 0);
    const unsaved = this.#loss();
    this.problem = null;
    if (unsent || unsaved) this.asking = { unsent, unsaved };
    else void this.go();
  }

  stay(): void {
    this.asking = null;
    this.problem = null;
  }

  async go(): Promise<void> {
    const member = session.member?.id ?? '';
    const result = await session.signOut();
    if (!result.ok && result.failure.kind !== 'signed_out') {
      // Not every page has a line for messages; here it is said what to do.
      this.problem = explain(result.failure);
      this.asking ??= { unsent: 0, unsaved: 0 };
      return;
    }
    this.#windows?.postMessage(member);
    this.#leave(member);
  }

  /** The session is over, or somebody else's: this page is left, with all that is in its memory. */
  turnAway(): void {
    this.gone = true;
    location.replace('/sign-in');
  }

  #leave(member: string): void {
    leaveWork(member);
    this.turnAway();
  }
}

export const leaving = new Leaving();
