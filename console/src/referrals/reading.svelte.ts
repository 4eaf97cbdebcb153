/** What the shown referral carries: read once, and again when it changed; every reading is written
    down. */
import { get, type Failure } from '../api/client';
import type { ReferralReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

export class Reading {
  current = $state.raw<ReferralReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #referral: string | null = null;
  readonly #order = new InOrder();

  want(referral: string | null): void {
    if (referral !== this.#referral) this.current = this.failure = null;
    this.#referral = referral;
    if (referral) void this.#read(referral);
  }

  async #read(referral: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/referrals/{referral}', { params: { path: { referral } } }),
    );
    if (!result || referral !== this.#referral) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}
