/** Makes the page open without a network, where the browser lets it: by its service worker. */

export type Offline = 'preparing' | 'ready' | 'insecure' | 'unsupported' | 'failed';

class OfflinePage {
  state = $state<Offline>('preparing');
  #asked = false;

  /** To be called by the page that an officer needs without a network. */
  prepare(): void {
    if (this.#asked) return;
    this.#asked = true;
    if (!isSecureContext) this.state = 'insecure';
    else if (!('serviceWorker' in navigator)) this.state = 'unsupported';
    else void this.#register();
  }

  async #register(): Promise<void> {
    try {
      const registration = await navigator.serviceWorker.register('/offline.js');
      // One of an earlier build, or of another room, may be at work; registering doesn't ask anew.
      await registration.update();
      const { installing, waiting, active } = registration;
      this.state = (await isAtWork(installing ?? waiting ?? active)) ? 'ready' : 'failed';
      // What is unsent should not be thrown away when the device runs out of room.
      await navigator.storage?.persist?.();
    } catch {
      // Without a network it is there from an earlier visit; otherwise it can't be had.
      this.state = navigator.serviceWorker.controller ? 'ready' : 'failed';
    }
  }
}

/** Waits until the newest worker has taken over: one that is active may still be clearing up. */
async function isAtWork(newest: ServiceWorker | null): Promise<boolean> {
  while (newest && newest.state !== 'activated') {
    if (newest.state === 'redundant') return false;
    await new Promise((changed) => newest.addEventListener('statechange', changed, { once: true }));
  }
  return newest !== null;
}

export const offline = new OfflinePage();
