/**
 * Where unsent actions are kept: in the browser's own database, so that neither a reload nor a page that
 * is closed loses one. Each room of this browser has its own, each member and lane a part of it.
 */
import type { Verb } from '../api/commands';
import type { Failure } from '../api/client';

export interface Unsent {
  action: string;
  verb: Verb;
  command: Record<string, unknown>;
  /** What is uploaded before it is done. */
  bytes?: Blob | undefined;
  /** Server time at which it was done. */
  at_ms: number;
  /** Said by the person: an entry afterwards. */
  occurred_at_ms?: number | undefined;
  /** Ascending in the order in which things were done in this browser. */
  order: number;
  /** Why the server would not do it; it stays until the member has read it. */
  failure?: Failure | undefined;
}

export interface Keep {
  /** What is kept for an owner, oldest first. */
  all(owner: string): Promise<Unsent[]>;
  /** Is it still to be sent? Another window of this browser may have sent it. */
  get(owner: string, action: string): Promise<Unsent | null>;
  put(owner: string, entry: Unsent): Promise<void>;
  remove(owner: string, action: string): Promise<void>;
}

const STORE = 'unsent';

interface Row {
  owner: string;
  action: string;
  entry: Unsent;
}

export class BrowserKeep implements Keep {
  #opened: Promise<IDBDatabase> | null = null;

  constructor(private readonly name: string) {}

  async all(owner: string): Promise<Unsent[]> {
    const of = IDBKeyRange.bound([owner], [owner, []]);
    const rows = await this.#do<Row[]>('readonly', (store) => store.getAll(of));
    return rows.map((row) => row.entry).sort((a, b) => a.order - b.order);
  }

  /** How many wait here, whoever they belong to. */
  async count(): Promise<number> {
    return await this.#do<number>('readonly', (store) => store.count());
  }

  async get(owner: string, action: string): Promise<Unsent | null> {
    const row = await this.#do<Row | undefined>('readonly', (s) => s.get([owner, action]));
    return row?.entry ?? null;
  }

  async put(owner: string, entry: Unsent): Promise<void> {
    const row: Row = { owner, action: entry.action, entry };
    await this.#do('readwrite', (store) => store.put(row));
  }

  async remove(owner: string, action: string): Promise<void> {
    await this.#do('readwrite', (store) => store.delete([owner, action]));
  }

  /** Resolves when the transaction is complete, not when it was asked for. */
  async #do<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const database = await (this.#opened ??= this.#open());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(STORE));
      // At once: a page that is closed now would otherwise take it along.
      if (mode === 'readwrite') transaction.commit();
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore(STORE, { keyPath: ['owner', 'action'] });
      request.onsuccess = () => {
        const database = request.result;
        // A newer console in another window may change the store: make room, and open it anew.
        database.onversionchange = database.onclose = () => {
          database.close();
          this.#opened = null;
        };
        resolve(database);
      };
      request.onerror = () => {
        this.#opened = null;
        reject(request.error ?? new Error('no database'));
      };
    });
  }
}
