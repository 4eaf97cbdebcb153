import { describe, expect, it } from 'vitest';
import { nextAt, readAck, readOrg, readTime, readUrgent } from './slots';
import { concerns, inOrder } from './notices.svelte';
import type { NoticeRow } from '../api/schema';

const NOW = Date.parse('2026-03-01T14:00:00Z'); // 22:00 in Shanghai
const ZONE = 'Asia/Shanghai';
const at = (iso: string) => Date.parse(iso);

describe('what is said of a notice before its text', () => {
  it('is a time of the city: today, or tomorrow where it has passed', () => {
    expect(nextAt('22:30', NOW, ZONE)).toBe(at('2026-03-01T14:30:00Z'));
    expect(nextAt('6:05', NOW, ZONE)).toBe(at('2026-03-01T22:05:00Z'));
    expect(nextAt('22:00', NOW, ZONE)).toBe(at('2026-03-02T14:00:00Z'));
    expect(nextAt('24:00', NOW, ZONE)).toBeNull();
    expect(readTime(['至', '22：30', '桥'], ['至'], NOW, ZONE)).toEqual({
      value: at('2026-03-01T14:30:00Z'),
      used: 2,
    });
    expect(readTime(['until', 'further', 'notice'], ['until'], NOW, ZONE)).toBeNull();
  });

  it('is that it must be acknowledged, and within how many minutes', () => {
    expect(readAck(['ack', 'Bridge'])).toEqual({ value: { minutes: null }, used: 1 });
    expect(readAck(['ACK', '10', 'Bridge'])).toEqual({ value: { minutes: 10 }, used: 2 });
    expect(readAck(['签收', '10', '分钟'])).toEqual({ value: { minutes: 10 }, used: 3 });
    expect(readAck(['Bridge', 'ack'])).toBeNull();
    expect(readUrgent(['紧急', '桥'])).toEqual({ value: true, used: 1 });
    expect(readUrgent(['urgently'])).toBeNull();
  });

  it('is an organisation, by the longest name that fits', () => {
    const north = { path: 'city/north', en: 'North', zh: '城北' };
    const bank = { path: 'city/bank', en: 'North Bank', zh: '北岸' };
    expect(readOrg(['to', 'north', 'bank', 'hello'], [north, bank])).toEqual({
      value: bank,
      used: 3,
    });
    expect(readOrg(['给', '城北', '桥'], [north, bank])).toEqual({ value: north, used: 2 });
    expect(readOrg(['to', 'all'], [north, bank])).toBeNull();
  });
});

describe('notices', () => {
  it('concern whom they hold, and who holds them', () => {
    expect(concerns('', 'city/north')).toBe(true);
    expect(concerns('city/north', '')).toBe(true);
    expect(concerns('city/north', 'city/north/st1')).toBe(true);
    expect(concerns('city/north', 'city/northern')).toBe(false);
  });

  it('end by themselves; the urgent ones and those due first come first', () => {
    const row = (id: string, more: Partial<NoticeRow>) =>
      ({
        id,
        state: 'posted',
        priority: 'normal',
        until_ms: NOW + 9,
        due_ms: null,
        ...more,
      }) as NoticeRow;
    const rows = [
      row('a', {}),
      row('b', { due_ms: NOW + 1 }),
      row('c', { priority: 'urgent' }),
      row('d', { until_ms: NOW }),
      row('e', { state: 'withdrawn' }),
    ];
    expect(inOrder(rows, NOW).map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });
});
