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
      const { installing, waiting } = registration;
      this.state = (await isAtWork(installing ?? waiting)) ? 'ready' : 'failed';
      // What is unsent should not be thrown away when the device runs out of room.
      await navigator.storage?.persist?.();
    } catch {
      // Without a network it is there from an earlier visit; otherwise it can't be had.
      this.state = navigator.serviceWorker.controller ? 'ready' : 'failed';
    }
  }
}

/** Waits until a new worker has taken over; none means that the present one is the newest. */
async function isAtWork(coming: ServiceWorker | null): Promise<boolean> {
  while (coming && coming.state !== 'activated') {
    if (coming.state === 'redundant') return false;
    await new Promise((changed) => coming.addEventListener('statechange', changed, { once: true }));
  }
  return true;
}

export const offline = new OfflinePage();
