/** Sends the unit's position while it is on duty, if the officer allows it: seldom, never stored here. */
import { post } from '../../api/client';
import { clock } from '../../model/clock.svelte';

const EVERY_MS = 10_000;

export type Sharing = 'off' | 'asking' | 'on' | 'denied' | 'unsupported';

class PositionSharing {
  state = $state<Sharing>(
    typeof navigator !== 'undefined' && 'geolocation' in navigator ? 'off' : 'unsupported',
  );
  #watch: number | null = null;
  #sent_ms = 0;

  /** Starts by itself only where the browser was told so before. */
  async startIfAllowed(unit: string): Promise<void> {
    if (this.state !== 'off' || !('permissions' in navigator)) return;
    const { state } = await navigator.permissions.query({ name: 'geolocation' });
    if (state === 'granted') this.start(unit);
    else if (state === 'denied') this.state = 'denied';
  }

  start(unit: string): void {
    if (this.#watch !== null || this.state === 'unsupported') return;
    this.state = 'asking';
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => void this.#send(unit, coords.longitude, coords.latitude),
      ({ code }) => {
        // A fix that is late comes again; a refusal does not.
        if (code === GeolocationPositionError.PERMISSION_DENIED) this.stop('denied');
      },
      { enableHighAccuracy: true, maximumAge: 5_000 },
    );
  }

  stop(state: Sharing = 'off'): void {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    if (this.state !== 'unsupported') this.state = state;
  }

  async #send(unit: string, lon: number, lat: number): Promise<void> {
    this.state = 'on';
    const now_ms = Date.now();
    if (now_ms - this.#sent_ms < EVERY_MS) return;
    this.#sent_ms = now_ms;
    // A position that was not sent is not sent later: the next one is better.
    await post('/positions', { positions: [{ unit, lon, lat, at_ms: clock.exact_ms() }] });
  }
}

export const sharing = new PositionSharing();
