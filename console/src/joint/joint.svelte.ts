/** Joint operations on the board, and the one that is looked at. */
import { get, type Failure } from '../api/client';
import type { JointOperationReading, JointOperationRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { InOrder } from '../model/inOrder';
import { router } from '../model/router.svelte';
import { session } from '../model/session.svelte';

/** Several events often come together; one reading is enough. */
const GATHER_MS = 250;

class Joint {
  readonly #rows = board.table('joint_operations');
  /** The operation that is shown. */
  selected = $state<string | null>(null);
  current = $state.raw<JointOperationReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #wanted: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  readonly all = $derived([...this.#rows.values()]);
  readonly open = $derived(this.all.filter((row) => row.state === 'open'));
  /** Does the one who is signed in lead operations, or take part only? */
  readonly leads = $derived(session.may('joint_operation.begin'));

  get(id: string | null | undefined): JointOperationRow | undefined {
    return this.#rows.get(id ?? '');
  }

  of(incidents: readonly string[]): JointOperationRow[] {
    return this.all.filter(({ incident }) => incidents.includes(incident));
  }

  show(id: string): void {
    this.selected = id;
    if (router.page !== '/joint') router.go('/joint');
  }

  /** Reads it, and again when its row changed; every reading is written down. */
  want(id: string): void {
    if (this.#timer) clearTimeout(this.#timer);
    const fresh = id !== this.#wanted;
    if (fresh) {
      this.#wanted = id;
      this.current = this.failure = null;
    }
    this.#timer = setTimeout(() => void this.#read(id), fresh ? 0 : GATHER_MS);
  }

  async #read(joint_operation: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/joint_operations/{joint_operation}', {
        params: { path: { joint_operation } },
      }),
    );
    if (!result || joint_operation !== this.#wanted) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const joint = new Joint();
