/** The recommendation for the incident that is looked at; what a person toggled is never overwritten. */
import { get } from '../api/client';
import type { Failure } from '../api/client';
import type { Instead, Sending } from '../api/lookahead';
import type { Recommendation } from '../api/types';
import { session } from './session.svelte';

/** The next hour is asked for so often while it is rehearsed, and once it is there. */
const ASK_AGAIN_MS = 500;
const FOLLOW_MS = 5_000;

class Recommendations {
  incident = $state<string | null>(null);
  current = $state.raw<Recommendation | null>(null);
  failure = $state.raw<Failure | null>(null);
  loading = $state(false);
  /** Units that the person put in (true) or took out (false), against the recommendation. */
  toggled = $state<Record<string, boolean>>({});
  /** Code of why others are sent than recommended; may stay empty. */
  reason = $state('');
  /** Is anybody needed at all? Otherwise nobody is chosen beforehand, so that no key sends by mistake. */
  needed = $state(true);
  #recommended = $derived(this.needed ? (this.current?.chosen ?? []) : []);
  #request = 0;
  /** What sending a unit instead of the recommended changes in the next hour, by unit. */
  #ahead = $state.raw<Record<string, Instead>>({});
  /** The answer that it comes from: how old it is, and on what it stands. */
  sending = $state.raw<Sending | null>(null);
  /** Isn't it for this person, is it being rehearsed, is it there, or can't it be had? */
  aheadState = $state<'none' | 'waiting' | 'ready' | 'failed'>('none');

  /** Units that would be sent now. */
  chosen = $derived.by(() => {
    const recommended = this.#recommended;
    const added = Object.keys(this.toggled).filter(
      (unit) => this.toggled[unit] && !recommended.includes(unit),
    );
    return [...recommended.filter((unit) => this.toggled[unit] !== false), ...added];
  });

  /** Was something toggled, so that this is not what was recommended? */
  overridden = $derived.by(() => {
    const recommended = new Set(this.#recommended);
    return (
      this.chosen.length !== recommended.size || this.chosen.some((unit) => !recommended.has(unit))
    );
  });

  /**
   * What sending this unit changes; 'moved_on' while what is known compares it with a unit that
   * isn't recommended any more: such a figure would be taken for one about the present choice.
   */
  aheadOf(unit: string): Instead | 'moved_on' | null {
    const found = this.#ahead[unit];
    if (!found) return null;
    return this.current?.chosen.includes(found.instead_of) ? found : 'moved_on';
  }

  /** Would somebody else be recommended by now than is shown? A look ahead from before doesn't know. */
  movedOn = $derived.by(() => {
    const shown = this.current?.chosen ?? [];
    if ((this.sending?.at_ms ?? 0) <= (this.current?.at_ms ?? 0)) return false;
    return Object.values(this.#ahead).some((one) => !shown.includes(one.instead_of));
  });

  toggle(unit: string): void {
    this.toggled[unit] = !this.chosen.includes(unit);
  }

  async load(incident: string, needed = true): Promise<void> {
    this.needed = needed;
    if (incident !== this.incident) {
      this.incident = incident;
      this.current = null;
      this.toggled = {};
      this.reason = '';
      this.#forgetAhead();
    }
    const request = ++this.#request;
    this.loading = true;
    const result = await get('/api/incidents/{incident}/recommendation', {
      params: { path: { incident } },
    });
    if (request !== this.#request) return;
    this.loading = false;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
    // The recommendation never waits for this.
    // Where nobody is needed, there is nobody to be sent instead of.
    if (!needed) this.#forgetAhead();
    else if (result.ok && session.may('incident.dispatch')) void this.#lookAhead(incident, request);
  }

  /** Asks again who should go; what the person put in or took out stays. */
  async renew(): Promise<void> {
    if (this.incident) await this.load(this.incident, this.needed);
  }

  /** Follows the next hour for as long as this recommendation is looked at. */
  async #lookAhead(incident: string, request: number): Promise<void> {
    if (this.aheadState === 'none') this.aheadState = 'waiting';
    while (request === this.#request) {
      const result = await get('/api/incidents/{incident}/lookahead', {
        params: { path: { incident } },
      });
      if (request !== this.#request) return;
      if (result.ok && result.value.ready) {
        this.#ahead = Object.fromEntries(result.value.candidates.map((one) => [one.unit, one]));
        this.sending = result.value;
        this.aheadState = 'ready';
      } else if (!result.ok || result.value.failed) {
        // An answer that was there is kept, and said to be old.
        if (this.sending) this.sending = { ...this.sending, stale: true, failed: true };
        else this.aheadState = 'failed';
      }
      const soon = this.aheadState === 'waiting' || (this.sending?.stale && !this.sending.failed);
      await new Promise((resolve) => setTimeout(resolve, soon ? ASK_AGAIN_MS : FOLLOW_MS));
    }
  }

  #forgetAhead(): void {
    this.#ahead = {};
    this.sending = null;
    this.aheadState = 'none';
  }

  /** After units were sent: what was toggled is done, what is still needed is asked anew. */
  async refresh(incident: string): Promise<void> {
    if (incident !== this.incident) return;
    this.toggled = {};
    this.reason = '';
    await this.load(incident, this.needed);
  }

  clear(): void {
    this.#request++;
    this.incident = null;
    this.current = null;
    this.toggled = {};
    this.#forgetAhead();
  }
}

export const recommendations = new Recommendations();
