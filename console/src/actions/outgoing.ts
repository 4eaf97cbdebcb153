/** The member's outboxes: one for the console, two for a telephone in the field, one for files. */
import { post, type Result } from '../api/client';
import { ofRoom } from '../api/room';
import type { ActionDone } from '../api/types';
import { clock } from '../model/clock.svelte';
import { BrowserKeep } from './keep';
import { Outbox, type Ways } from './outbox.svelte';
import { uploads, type Uploading } from './uploads.svelte';
import { uuid7 } from './uuid7';

const keep = new BrowserKeep(ofRoom('unsent'));

const ways: Ways = {
  send: async (verb, body, bytes) => {
    if (bytes) {
      const uploaded = await uploads.send((body as { command: Uploading }).command, bytes);
      if (!uploaded.ok) return uploaded;
    }
    // Each verb has a route of its own, and this is any of them.
    return post(`/api/actions/${verb}`, { body } as never) as Promise<Result<ActionDone>>;
  },
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now_ms: () => clock.exact_ms(),
  newId: () => uuid7(),
  keep,
};
const SHIFT_MS = 12 * 3_600_000;

/**
 * What is done at a console takes effect when the server has it. What a closed page left behind was
 * perhaps done otherwise meanwhile, by radio or by a colleague: its member is asked.
 */
export const outgoing = new Outbox('console', ways, {
  ownTimeAfter_ms: Infinity,
  asksAfter_ms: 120_000,
  answered: true,
});

/** What a crew reports has happened already, and is entered with its own time. */
const REPORTS = { ownTimeAfter_ms: 20_000, asksAfter_ms: SHIFT_MS, answered: false };
export const steps = new Outbox('field', ways, REPORTS);
/** An emergency never waits behind something else. */
export const urgent = new Outbox('urgent', ways, REPORTS);

/** Pictures and papers, which may take long: nothing else waits behind them. */
export const files = new Outbox('files', ways, REPORTS);

export const outboxes: readonly Outbox[] = [urgent, steps, outgoing, files];

/** How much is unsent in this browser, for those who have to sign in to send it. */
export function unsentHere(): Promise<number> {
  return keep.count().catch(() => 0);
}
