import { describe, expect, it, vi } from 'vitest';
import type { Failure, Result } from '../../api/client';
import type { ActionDone } from '../../api/types';
import { Outbox, type Ways } from './outbox.svelte';

const done: Result<ActionDone> = {
  ok: true,
  value: { action: '', position: 1, events: [], repeated: false },
};
const failed = (failure: Failure): Result<ActionDone> => ({ ok: false, failure });
const gone = failed({ kind: 'unreachable' });

interface Sent {
  action: string;
  occurred_at_ms?: number;
}

function scene(answers: Result<ActionDone>[], storage = new Map<string, string>()) {
  let id = 0;
  let now = 1_000;
  const sent: Sent[] = [];
  const ways: Ways = {
    send: async (_path, body) => {
      sent.push(body as Sent);
      return answers.shift() ?? done;
    },
    pause: async () => {},
    now_ms: () => now,
    newId: () => `id-${++id}`,
    storage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
    },
  };
  return { ways, sent, storage, later: (ms: number) => (now += ms) };
}
const step = { incident: 'i', assignment: 'a' };

describe('the outbox', () => {
  it('sends again with the same id until the server has answered', async () => {
    const { ways, sent } = scene([gone, failed({ kind: 'not_saved', retry_ms: 0, message: null })]);
    const box = new Outbox('k', ways);
    box.add('assignment.en_route', step);
    await vi.waitFor(() => expect(box.entries).toEqual([]));
    expect(sent.map((one) => one.action)).toEqual(['id-1', 'id-1', 'id-1']);
  });

  it('keeps the order: a step waits for the one before it', async () => {
    const { ways, sent } = scene([gone, gone]);
    const box = new Outbox('k', ways);
    box.add('assignment.en_route', step);
    box.add('assignment.on_scene', step);
    await vi.waitFor(() => expect(box.entries).toEqual([]));
    expect(sent.map((one) => one.action)).toEqual(['id-1', 'id-1', 'id-1', 'id-2']);
  });

  it('keeps what is not sent over a reload, with its id, and sends it then', async () => {
    const first = scene([]);
    const box = new Outbox('k', { ...first.ways, send: () => new Promise(() => {}) });
    box.add('assignment.en_route', step);
    const second = scene([], first.storage);
    const again = new Outbox('k', second.ways);
    expect(again.entries).toHaveLength(1);
    await vi.waitFor(() => expect(again.entries).toEqual([]));
    expect(second.sent.map((one) => one.action)).toEqual(['id-1']);
    expect(JSON.parse(first.storage.get('k')!)).toEqual([]);
  });

  it('shows a refusal and goes on with the next', async () => {
    const text = { en: 'no', zh: '不' };
    const refusal: Failure = {
      kind: 'refused',
      refusal: 'AssignmentPast',
      params: {},
      message: text,
      remedy: text,
    };
    const { ways } = scene([failed(refusal)]);
    const box = new Outbox('k', ways);
    const onanswer = vi.fn();
    box.onanswer = onanswer;
    box.add('assignment.en_route', step);
    box.add('assignment.on_scene', step);
    await vi.waitFor(() => expect(box.entries).toEqual([]));
    expect(box.refused.map((one) => one.entry.verb)).toEqual(['assignment.en_route']);
    expect(onanswer).toHaveBeenCalledTimes(2);
    box.dismiss('id-1');
    expect(box.refused).toEqual([]);
  });

  it('keeps everything while nobody is signed in', async () => {
    const { ways, sent } = scene([failed({ kind: 'signed_out' })]);
    const box = new Outbox('k', ways);
    box.add('unit.raise_emergency', { unit: 'P1' });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve));
    expect(box.entries).toHaveLength(1);
    box.retryNow();
    await vi.waitFor(() => expect(box.entries).toEqual([]));
    expect(sent.map((one) => one.action)).toEqual(['id-1', 'id-1']);
  });

  it('sends nothing any more once the page is left: the next person is somebody else', async () => {
    const { ways, sent, storage } = scene([gone, gone, gone, gone]);
    const box = new Outbox('k', { ...ways, pause: () => new Promise(() => {}) });
    box.add('assignment.en_route', step);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    box.stop();
    box.retryNow();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sent).toHaveLength(1);
    expect(JSON.parse(storage.get('k')!)).toHaveLength(1);
  });

  it('enters what waited long with the time at which it was done', async () => {
    const { ways, sent, later } = scene([gone]);
    const box = new Outbox('k', { ...ways, pause: async () => void later(60_000) });
    box.add('assignment.en_route', step);
    await vi.waitFor(() => expect(box.entries).toEqual([]));
    expect(sent[0]).not.toHaveProperty('occurred_at_ms');
    expect(sent[1]).toHaveProperty('occurred_at_ms', 1_000);
  });
});
