import { describe, expect, it, vi } from 'vitest';
import type { Failure, Result } from '../api/client';
import type { ActionDone } from '../api/types';
import type { Keep, Unsent } from './keep';
import { Outbox, type Habits, type Ways } from './outbox.svelte';
import { uuid7 } from './uuid7';

const done: Result<ActionDone> = {
  ok: true,
  value: { action: '', position: 1, events: [], number: '', repeated: false },
};
const failed = (failure: Failure): Result<ActionDone> => ({ ok: false, failure });
const gone = failed({ kind: 'unreachable' });
const text = { en: 'no', zh: '不' };
const refusal: Failure = {
  kind: 'refused',
  refusal: 'AssignmentPast',
  params: {},
  message: text,
  remedy: text,
};
const step = { incident: 'i', assignment: 'a' };
const REPORTS: Habits = { ownTimeAfter_ms: 20_000, asksAfter_ms: 3_600_000, answered: false };
const CONSOLE: Habits = { ownTimeAfter_ms: Infinity, asksAfter_ms: 120_000, answered: true };
const never = () => new Promise<never>(() => {});
const settled = () => new Promise((resolve) => setTimeout(resolve));

interface Sent {
  action: string;
  occurred_at_ms?: number;
}

/** What a browser keeps, as its database would: copies, by owner. */
class Drawer implements Keep {
  rows = new Map<string, Unsent>();
  async all(owner: string): Promise<Unsent[]> {
    const mine = [...this.rows].filter(([key]) => key.startsWith(`${owner} `));
    return mine.map(([, row]) => structuredClone(row)).sort((a, b) => a.order - b.order);
  }
  async get(owner: string, action: string): Promise<Unsent | null> {
    return this.rows.get(`${owner} ${action}`) ?? null;
  }
  async put(owner: string, entry: Unsent): Promise<void> {
    this.rows.set(`${owner} ${entry.action}`, structuredClone(entry));
  }
  async remove(owner: string, action: string): Promise<void> {
    this.rows.delete(`${owner} ${action}`);
  }
}

/** A server that answers in this order, and writes down what it was asked. */
function scene(answers: Result<ActionDone>[], keep: Keep = new Drawer(), now = { ms: 1_000 }) {
  const sent: Sent[] = [];
  const ways: Ways = {
    send: async (_path, body) => {
      sent.push(body as Sent);
      return answers.shift() ?? done;
    },
    pause: async () => {},
    now_ms: () => now.ms,
    newId: () => uuid7(),
    keep,
  };
  return { ways, sent, keep: keep as Drawer, now };
}

function box(ways: Ways, habits = REPORTS, member = 'wang'): Outbox {
  const made = new Outbox('lane', ways, habits);
  made.open(member);
  return made;
}

describe('the outbox', () => {
  it('sends again with the same id until the server has saved it', async () => {
    const notSaved = failed({ kind: 'not_saved', retry_ms: 0, message: null });
    const { ways, sent, keep } = scene([gone, notSaved]);
    const out = box(ways);
    const result = await out.act('assignment.en_route', step);
    expect(result.ok).toBe(true);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map((one) => one.action)).size).toBe(1);
    expect(out.entries).toEqual([]);
    await vi.waitFor(() => expect(keep.rows.size).toBe(0));
  });

  it('keeps the order: an action waits for the one before it', async () => {
    const { ways, sent } = scene([gone, gone]);
    const out = box(ways);
    const both = [out.act('assignment.en_route', step), out.act('assignment.on_scene', step)];
    const [first, second] = out.entries.map((one) => one.action);
    await Promise.all(both);
    expect(sent.map((one) => one.action)).toEqual([first, first, first, second]);
  });

  it('goes on at once when the connection is back', async () => {
    const { ways } = scene([gone]);
    const out = box({ ...ways, pause: never });
    // What was kept is looked up first; here, at once.
    const acted = out.act('unit.hear_from', { unit: 'P12' });
    await vi.waitFor(() => expect(out.entries[0]?.tries).toBe(1));
    await settled();
    out.retryNow();
    expect((await acted).ok).toBe(true);
  });

  it('keeps what is unsent when the page is closed, and sends it once, in order, the next time', async () => {
    const first = scene([]);
    const closed = box({ ...first.ways, send: never });
    void closed.act('assignment.en_route', step);
    void closed.act('assignment.on_scene', step);
    await vi.waitFor(() => expect(first.keep.rows.size).toBe(2));
    const pressed = closed.entries.map((one) => one.action);
    const second = scene([], first.keep);
    const opened = box(second.ways);
    await vi.waitFor(() => expect(first.keep.rows.size).toBe(0));
    expect(second.sent.map((one) => one.action)).toEqual(pressed);
    expect(opened.unsent).toBe(0);
  });

  it('is never sent by another member of the same browser, and waits for its own', async () => {
    const { ways, sent, keep } = scene([gone]);
    const out = box({ ...ways, pause: never }, REPORTS, 'wang');
    const acted = out.act('unit.raise_emergency', { unit: 'P1' });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    out.close();
    expect(await acted).toEqual(failed({ kind: 'signed_out' }));
    out.open('li');
    expect((await out.act('unit.hear_from', { unit: 'P2' })).ok).toBe(true);
    expect(out.entries).toEqual([]);
    expect(sent).toHaveLength(2);
    out.open('wang');
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[2]!.action).toBe(sent[0]!.action);
    await vi.waitFor(() => expect(keep.rows.size).toBe(0));
  });

  it('keeps everything while nobody is signed in', async () => {
    const { ways, sent, keep } = scene([failed({ kind: 'signed_out' })]);
    const out = box(ways, CONSOLE);
    void out.act('unit.raise_emergency', { unit: 'P1' });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await settled();
    expect(keep.rows.size).toBe(1);
    out.retryNow();
    await vi.waitFor(() => expect(out.entries).toEqual([]));
    expect(new Set(sent.map((one) => one.action)).size).toBe(1);
  });

  it('does nothing for nobody', async () => {
    const { ways, sent } = scene([]);
    const out = new Outbox('lane', ways, CONSOLE);
    expect((await out.act('unit.hear_from', { unit: 'P12' })).ok).toBe(false);
    expect(sent).toEqual([]);
  });

  it('enters what waited long with the time at which it was done', async () => {
    const { ways, sent, now } = scene([gone]);
    const out = box({ ...ways, pause: async () => void (now.ms += 60_000) });
    await out.act('assignment.en_route', step);
    expect(sent[1]).toHaveProperty('occurred_at_ms');
    expect(sent[1]!.occurred_at_ms).toBeLessThan(now.ms);
  });

  it('says nothing of its time for what takes effect when it is sent', async () => {
    const { ways, sent, now } = scene([gone]);
    const out = box({ ...ways, pause: async () => void (now.ms += 60_000) }, CONSOLE);
    await out.act('incident.close', { incident: 'i' });
    expect(sent.every((one) => !('occurred_at_ms' in one))).toBe(true);
  });

  it('sends although the browser has no database, or one that hangs', async () => {
    const broken: Keep = { all: never, get: never, put: never, remove: never };
    const { ways, sent } = scene([], broken);
    const out = box(ways);
    expect((await out.act('unit.raise_emergency', { unit: 'P1' })).ok).toBe(true);
    expect(sent).toHaveLength(1);
  });
});

describe('what is set aside', () => {
  it('is a refusal, with its reason, until it was read: the next page shows it too', async () => {
    const { ways, sent, keep } = scene([failed(refusal)]);
    const out = box(ways);
    const answers = vi.fn();
    out.onanswer = answers;
    const both = [out.act('assignment.en_route', step), out.act('assignment.on_scene', step)];
    await Promise.all(both);
    expect(answers.mock.calls).toMatchObject([
      [{ verb: 'assignment.en_route' }, false],
      [{ verb: 'assignment.on_scene' }, true],
    ]);
    expect(out.aside).toMatchObject([{ verb: 'assignment.en_route', failure: refusal }]);
    await vi.waitFor(() => expect(keep.rows.size).toBe(1));
    const again = box(scene([], keep).ways);
    await vi.waitFor(() => expect(again.aside).toMatchObject([{ failure: refusal }]));
    expect(sent).toHaveLength(2);
    again.dismiss(again.aside[0]!.action);
    expect(again.aside).toEqual([]);
    await vi.waitFor(() => expect(keep.rows.size).toBe(0));
  });

  it('is not what a console heard at once: the message line has it', async () => {
    const { ways } = scene([failed(refusal)]);
    const out = box(ways, CONSOLE);
    expect(await out.act('incident.close', { incident: 'i' })).toEqual(failed(refusal));
    expect(out.aside).toEqual([]);
  });

  it('is what a console hears late, when nobody looks any more', async () => {
    const { ways } = scene([gone, failed(refusal)]);
    const out = box(ways, CONSOLE);
    await out.act('incident.close', { incident: 'i' });
    expect(out.aside).toMatchObject([{ verb: 'incident.close', failure: refusal }]);
  });

  it('is what a closed page left behind for long: it is sent only when its member says so', async () => {
    const first = scene([]);
    const closed = box({ ...first.ways, send: never }, CONSOLE);
    void closed.act('incident.close', { incident: 'i' });
    void closed.act('incident.close', { incident: 'j' });
    await vi.waitFor(() => expect(first.keep.rows.size).toBe(2));
    const second = scene([], first.keep, { ms: first.now.ms + 600_000 });
    const opened = box(second.ways, CONSOLE);
    await vi.waitFor(() => expect(opened.aside).toHaveLength(2));
    await settled();
    expect(second.sent).toEqual([]);
    const [one, other] = opened.aside.map((entry) => entry.action);
    opened.sendNow(one!);
    opened.dismiss(other!);
    await vi.waitFor(() => expect(first.keep.rows.size).toBe(0));
    expect(second.sent.map((entry) => entry.action)).toEqual([one]);
  });
});

describe('what has bytes', () => {
  it('takes them along each time it is sent, also by a page that is opened later', async () => {
    const first = scene([gone]);
    const sent: (Blob | undefined)[] = [];
    const picture = new Blob(['pixels']);
    const send: Ways['send'] = async (_verb, _body, bytes) => {
      sent.push(bytes);
      return sent.length === 1 ? gone : never();
    };
    const closed = box({ ...first.ways, send });
    const command = { attachment: 'a', incident: 'i', text: 'x' };
    void closed.act('attachment.add', command, undefined, picture);
    await vi.waitFor(() => expect(sent).toEqual([picture, picture]));
    const kept = [...first.keep.rows.values()][0]!;
    expect(await kept.bytes!.text()).toBe('pixels');
    const later: (Blob | undefined)[] = [];
    const opened = box({
      ...scene([], first.keep).ways,
      send: async (_verb, _body, bytes) => {
        later.push(bytes);
        return done;
      },
    });
    await vi.waitFor(() => expect(later).toHaveLength(1));
    await vi.waitFor(() => expect(opened.entries).toEqual([]));
    expect(await later[0]!.text()).toBe('pixels');
  });
});

describe('two windows of one browser', () => {
  it('do not send again what the other has sent or was refused', async () => {
    const first = scene([]);
    const closed = box({ ...first.ways, send: never });
    void closed.act('assignment.en_route', step);
    void closed.act('assignment.on_scene', step);
    await vi.waitFor(() => expect(first.keep.rows.size).toBe(2));
    const [sent, refused] = [...first.keep.rows.keys()];
    let tries = 0;
    // While this window gets no answer, the other one gets both of its own.
    const send = async () => {
      tries += 1;
      first.keep.rows.delete(sent!);
      first.keep.rows.get(refused!)!.failure = refusal;
      return gone;
    };
    const opened = box({ ...scene([], first.keep).ways, send });
    await vi.waitFor(() => expect(opened.aside).toMatchObject([{ failure: refusal }]));
    expect(opened.entries).toEqual([]);
    expect(tries).toBe(1);
  });
});

describe('an action id', () => {
  it('is a UUIDv7 that begins with its time', () => {
    const id = uuid7(0x0192_3456_789a);
    expect(id).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid7()).not.toBe(uuid7());
  });
});
