import { describe, expect, it } from 'vitest';
import type { OrderRow } from '../api/schema';
import { isLate, nextOf, urgency, whyNotOrder } from './can';

const ROW: OrderRow = {
  id: 'a',
  incident: 'i',
  number: '4829-3174',
  task: null,
  state: 'given',
  org: 'city/north',
  priority: 2,
  due_ms: 1_000,
  given_by: 'wei',
  given_ms: 0,
  since_ms: 0,
  acknowledged_by: '',
  answered_by: '',
  accepted_by: '',
  late_ms: null,
  reason: '',
  sent_back: 0,
  reminders: 0,
  reminded_by: '',
  reminded_ms: null,
  position: 1,
  alarm: null,
  team: '',
  owner: '',
  from_org: '',
  left: '',
};
const CHIEF = { id: 'dai', limit: 'city/north' };
const WEI = { id: 'wei', limit: '' };

describe('a supervision order', () => {
  it('is answered by its own command office, or one above it', () => {
    expect(whyNotOrder('supervision_order.answer', ROW, CHIEF)).toBeNull();
    expect(whyNotOrder('supervision_order.answer', ROW, { id: 'he', limit: 'city' })).toBeNull();
    expect(whyNotOrder('supervision_order.answer', ROW, { id: 'he', limit: 'city/south' })).toBe(
      'why.order.other_org',
    );
  });

  it('is answered by an officer only if it was given to them or to their team', () => {
    const luo = { id: 'luo', limit: 'city/north', officer: true };
    const why = (more: Partial<OrderRow>) =>
      whyNotOrder('supervision_order.answer', { ...ROW, ...more }, luo);
    expect(why({})).toBe('why.order.not_yours');
    expect(why({ owner: 'he' })).toBe('why.order.not_yours');
    expect(why({ team: 'case', owner: 'he' })).toBe('why.order.not_yours');
    expect(why({ owner: 'luo' })).toBeNull();
    expect(why({ team: 'case' })).toBeNull();
  });

  it('is judged by who gave it, or one above them', () => {
    const answered: OrderRow = { ...ROW, state: 'answered', answered_by: 'luo' };
    const why = (from_org: string, limit: string) =>
      whyNotOrder('supervision_order.accept', { ...answered, from_org }, { id: 'x', limit });
    expect(why('', 'city/north')).toBe('why.order.given_by_other');
    expect(why('city', 'city/north')).toBe('why.order.given_by_other');
    expect(why('city/north', 'city/north')).toBeNull();
    expect(why('city/north', 'city')).toBeNull();
    expect(why('city/north', '')).toBeNull();
  });

  it('is judged once it is answered, by somebody else', () => {
    expect(whyNotOrder('supervision_order.accept', ROW, WEI)).toBe('why.order.given');
    const answered: OrderRow = { ...ROW, state: 'answered', answered_by: 'dai' };
    expect(whyNotOrder('supervision_order.accept', answered, WEI)).toBeNull();
    expect(whyNotOrder('supervision_order.send_back', answered, { ...CHIEF, limit: '' })).toBe(
      'why.order.own',
    );
  });

  it('is late as long as its answer is owed', () => {
    expect(isLate(ROW, 1_000)).toBe(true);
    expect(isLate(ROW, 999)).toBe(false);
    expect(isLate({ ...ROW, state: 'answered' }, 5_000)).toBe(false);
  });

  it('offers what comes next to who may do it', () => {
    const command = (verb: string) => verb !== 'supervision_order.accept';
    expect(nextOf(ROW, CHIEF, command)).toBe('supervision_order.acknowledge');
    expect(nextOf({ ...ROW, state: 'acknowledged' }, CHIEF, command)).toBe(
      'supervision_order.answer',
    );
    expect(nextOf({ ...ROW, state: 'answered' }, CHIEF, command)).toBeNull();
  });

  it('stands before what is answered, and that before what is over', () => {
    const states = ['accepted', 'answered', 'given'] as const;
    const sorted = states
      .map((state) => ({ ...ROW, state }))
      .sort((a, b) => urgency(a) - urgency(b));
    expect(sorted.map(({ state }) => state)).toEqual(['given', 'answered', 'accepted']);
  });
});
