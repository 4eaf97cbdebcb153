import { describe, expect, it } from 'vitest';
import type { IncidentRow } from '../api/types';
import { freshSlots, heldSlots, isOutOfOrder, sectionOf } from './queueOrder';

const row = (id: string, priority: number, opened_at_ms: number, progress = 'pending') =>
  ({ id, priority, opened_at_ms, progress, state: 'open' }) as IncidentRow;
const ids = (slots: { id: string }[]) => slots.map((slot) => slot.id).join(' ');

const a = row('a', 1, 10);
const b = row('b', 2, 5);
const c = row('c', 2, 20);

describe('the queue', () => {
  it('is sorted by priority, then first come', () => {
    expect(ids(freshSlots([c, b, a]))).toBe('a b c');
  });

  it('has who waits before who is served, however urgent that is', () => {
    const served = row('served', 1, 1, 'dispatched');
    const slots = freshSlots([served, c, a, b]);
    expect(ids(slots)).toBe('a b c served');
    expect(slots.map((slot) => sectionOf(slot.group))).toEqual([
      'waiting',
      'waiting',
      'waiting',
      1,
    ]);
  });

  it('leaves a row where it is when it is served under the hand', () => {
    const shown = freshSlots([a, b, c]);
    expect(ids(heldSlots(shown, [row('a', 1, 10, 'dispatched'), b, c]))).toBe('a b c');
  });

  it('puts new rows last in their group while the hand is there', () => {
    const shown = freshSlots([a, b, c]);
    const early = row('new', 2, 1);
    const urgent = row('urgent', 1, 1);
    expect(ids(heldSlots(shown, [a, b, c, early, urgent]))).toBe('a urgent b c new');
  });

  it('leaves a row where it is when its priority changes or it is closed', () => {
    const shown = freshSlots([a, b, c]);
    expect(ids(heldSlots(shown, [row('c', 1, 20), b]))).toBe('a b c');
  });

  it('knows when a fresh one would differ', () => {
    const shown = freshSlots([a, b, c]);
    expect(isOutOfOrder(shown, [c, b, a])).toBe(false);
    expect(isOutOfOrder(shown, [a, b])).toBe(true);
    expect(isOutOfOrder(shown, [a, b, row('c', 1, 20)])).toBe(true);
  });

  it('has the raised ones first in their group, and those that are chased closed after who waits', () => {
    const raised = { ...c, chases: 1, chase_seen: false };
    expect(ids(freshSlots([a, b, raised]))).toBe('a c b');
    const again = { ...row('again', 1, 1), chases: 1, chase_seen: false, state: 'closed' as const };
    const served = row('served', 1, 1, 'dispatched');
    const slots = freshSlots([served, again, a]);
    expect(ids(slots)).toBe('a again served');
    expect(slots.map((slot) => sectionOf(slot.group))).toEqual(['waiting', 'chased', 1]);
  });

  it('moves no row under the hand when one is raised, and says that it would', () => {
    const shown = freshSlots([b, c]);
    const raised = { ...c, chases: 1, chase_seen: false };
    expect(ids(heldSlots(shown, [b, raised]))).toBe('b c');
    expect(isOutOfOrder(shown, [b, raised])).toBe(true);
  });
});
