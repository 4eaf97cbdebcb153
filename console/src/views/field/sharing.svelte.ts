/** Sends the unit's position while it is on duty, if the officer allows it: seldom, never stored here. */
import { post } from '../../api/client';
import type { Text } from '../../api/types';
import { clock } from '../../model/clock.svelte';

const EVERY_MS = 10_000;

/** Where this device was, by its own receiver and the server's clock. */
export interface Fix {
  lon: number;
  lat: number;
  at_ms: number;
}

export type Sharing = 'off' | 'asking' | 'on' | 'denied' | 'unsupported';

class PositionSharing {
  state = $state<Sharing>(
    typeof navigator !== 'undefined' && 'geolocation' in navigator ? 'off' : 'unsupported',
  );
  /** Why the room did not believe the last position that was sent. */
  refused = $state.raw<Text | null>(null);
  /** The last fix, as long as positions are shared: an emergency says where it was pressed. */
  last: Fix | null = null;
  #watch: number | null = null;
  #sent_ms = 0;

  /** Starts by itself only where somebody chose so in this browser before. */
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
    this.last = this.refused = null;
    if (this.state !== 'unsupported') this.state = state;
  }

  async #send(unit: string, lon: number, lat: number): Promise<void> {
    this.state = 'on';
    const fix = (this.last = { lon, lat, at_ms: clock.exact_ms() });
    const now_ms = Date.now();
    if (now_ms - this.#sent_ms < EVERY_MS) return;
    this.#sent_ms = now_ms;
    // A position that was not sent is not sent later: the next one is better.
    const result = await post('/api/positions', { body: { positions: [{ unit, ...fix }] } });
    if (result.ok && this.#watch !== null) this.refused = result.value.refused[0]?.because ?? null;
  }
}

export const sharing = new PositionSharing();
