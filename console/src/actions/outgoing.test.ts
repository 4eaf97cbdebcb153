import { describe, expect, it } from 'vitest';
import type { Result } from '../api/client';
import type { ActionDone } from '../api/types';
import { OutgoingQueue } from './outgoing.svelte';
import { uuid7 } from './uuid7';

const done: Result<ActionDone> = {
  ok: true,
  value: { action: '', position: 1, events: [], repeated: false },
};
const unreachable: Result<ActionDone> = { ok: false, failure: { kind: 'unreachable' } };
const notSaved: Result<ActionDone> = {
  ok: false,
  failure: { kind: 'not_saved', retry_ms: 1000, message: null },
};
const denied: Result<ActionDone> = { ok: false, failure: { kind: 'denied', because: null } };

/** A server that answers in this order, and writes down what it was asked. */
function server(...answers: Result<ActionDone>[]) {
  const asked: { path: string; action: string }[] = [];
  const send = (path: string, body: unknown) => {
    asked.push({ path, action: (body as { action: string }).action });
    return Promise.resolve(answers.shift() ?? done);
  };
  return { asked, send };
}
const atOnce = () => Promise.resolve();

describe('the way out', () => {
  it('sends again with the same id until the server has saved it', async () => {
    const { asked, send } = server(unreachable, notSaved, done);
    const queue = new OutgoingQueue(send, atOnce);
    const result = await queue.act('unit.hear_from', { unit: 'P12' });
    expect(result.ok).toBe(true);
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map((one) => one.action)).size).toBe(1);
    expect(queue.entries).toEqual([]);
  });

  it('does not repeat what was refused', async () => {
    const { asked, send } = server(denied);
    const result = await new OutgoingQueue(send, atOnce).act('unit.hear_from', { unit: 'P12' });
    expect(result).toBe(denied);
    expect(asked).toHaveLength(1);
  });

  it('keeps the order in which things were done', async () => {
    const { asked, send } = server(unreachable, done, done);
    const queue = new OutgoingQueue(send, atOnce);
    await Promise.all([queue.act('incident.open', {}), queue.act('incident.dispatch', {})]);
    expect(asked.map((one) => one.path)).toEqual([
      '/actions/incident.open',
      '/actions/incident.open',
      '/actions/incident.dispatch',
    ]);
  });

  it('shows what waits, and goes on at once when the connection is back', async () => {
    const { send } = server(unreachable, done);
    const queue = new OutgoingQueue(send, () => new Promise(() => {}));
    const sent = queue.act('unit.hear_from', { unit: 'P12' });
    await Promise.resolve();
    await Promise.resolve();
    expect(queue.entries).toMatchObject([{ verb: 'unit.hear_from', waiting: true, tries: 1 }]);
    queue.retryNow();
    expect((await sent).ok).toBe(true);
  });
});

describe('an action id', () => {
  it('is a UUIDv7 that begins with its time', () => {
    const id = uuid7(0x0192_3456_789a);
    expect(id).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid7()).not.toBe(uuid7());
  });
});
