/** The recommendation for the incident that is looked at; what a person toggled is never overwritten. */
import { get } from '../api/client';
import type { Failure } from '../api/client';
import type { Recommendation } from '../api/types';

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
  #needed = $state(true);
  #recommended = $derived(this.#needed ? (this.current?.chosen ?? []) : []);
  #request = 0;

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

  toggle(unit: string): void {
    this.toggled[unit] = !this.chosen.includes(unit);
  }

  async load(incident: string, needed = true): Promise<void> {
    this.#needed = needed;
    if (incident !== this.incident) {
      this.incident = incident;
      this.current = null;
      this.toggled = {};
      this.reason = '';
    }
    const request = ++this.#request;
    this.loading = true;
    const result = await get<Recommendation>(`/incidents/${incident}/recommendation`);
    if (request !== this.#request) return;
    this.loading = false;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }

  /** After units were sent: what was toggled is done, what is still needed is asked anew. */
  async refresh(incident: string): Promise<void> {
    if (incident !== this.incident) return;
    this.toggled = {};
    this.reason = '';
    await this.load(incident, this.#needed);
  }

  clear(): void {
    this.#request++;
    this.incident = null;
    this.current = null;
    this.toggled = {};
  }
}

export const recommendations = new Recommendations();
