import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A service worker whose state is set by hand. */
class Worker extends EventTarget {
  constructor(public state: string) {
    super();
  }
  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

async function prepared(workers: { installing?: Worker; waiting?: Worker; active?: Worker }) {
  const registration = { installing: null, waiting: null, active: null, ...workers };
  const serviceWorker = {
    controller: null,
    register: () => Promise.resolve({ ...registration, update: () => Promise.resolve() }),
  };
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { serviceWorker });
  const { offline } = await import('./offline.svelte');
  offline.prepare();
  await settled();
  return offline;
}

const settled = () => new Promise((done) => setTimeout(done));

describe('a page that opens without a network', () => {
  it.each(['installing', 'waiting', 'active'])(
    'is ready once the newest worker has taken over: %s',
    async (at) => {
      const newest = new Worker('activating');
      const offline = await prepared({ active: new Worker('activated'), [at]: newest });
      expect(offline.state).toBe('preparing');
      newest.becomes('activated');
      await settled();
      expect(offline.state).toBe('ready');
    },
  );

  it('is ready at once when the worker was there before', async () => {
    const offline = await prepared({ active: new Worker('activated') });
    expect(offline.state).toBe('ready');
  });

  it('says so when the worker could not be installed', async () => {
    const installing = new Worker('installing');
    const offline = await prepared({ installing });
    installing.becomes('redundant');
    await settled();
    expect(offline.state).toBe('failed');
  });
});
