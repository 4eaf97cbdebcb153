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
      await navigator.serviceWorker.register('/offline.js');
      await navigator.serviceWorker.ready;
      this.state = 'ready';
      // What is unsent should not be thrown away when the device runs out of room.
      await navigator.storage?.persist?.();
    } catch {
      // Without a network it is there from an earlier visit; otherwise it can't be had.
      this.state = navigator.serviceWorker.controller ? 'ready' : 'failed';
    }
  }
}

export const offline = new OfflinePage();
