import { describe, expect, it } from 'vitest';
import { instants, localTime, offsetName, readEntered } from './zonedTime';

const BERLIN = 'Europe/Berlin';
const at = (iso: string) => Date.parse(iso);

describe('wall-clock time of the city', () => {
  it('is read in the zone of the city, whatever the zone of the browser', () => {
    expect(instants({ date: '2026-01-05', time: '08:30' }, 'Asia/Shanghai')).toEqual([
      at('2026-01-05T00:30:00Z'),
    ]);
    expect(instants({ date: '2026-07-01', time: '00:00' }, 'America/St_Johns')).toEqual([
      at('2026-07-01T02:30:00Z'),
    ]);
  });

  it('has no instant for a skipped time', () => {
    expect(instants({ date: '2026-03-29', time: '02:30' }, BERLIN)).toEqual([]);
  });

  it('has two instants for a repeated time', () => {
    expect(instants({ date: '2026-10-25', time: '02:30' }, BERLIN)).toEqual([
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
    ]);
  });

  it('has one instant next to the gap and next to the repetition', () => {
    expect(instants({ date: '2026-03-29', time: '03:00' }, BERLIN)).toHaveLength(1);
    expect(instants({ date: '2026-10-25', time: '03:00' }, BERLIN)).toHaveLength(1);
  });

  it('refuses what is not a time', () => {
    for (const [date, time] of [
      ['', '08:00'],
      ['2026-02-30', '08:00'],
      ['2026-02-03', '25:00'],
    ])
      expect(instants({ date: date!, time: time! }, BERLIN)).toBeNull();
  });

  it('comes back from every hour of a year', () => {
    for (let hour = 0; hour < 366 * 24; hour++) {
      const at_ms = at('2026-01-01T00:00:00Z') + hour * 3_600_000;
      expect(instants(localTime(at_ms, BERLIN), BERLIN)).toContain(at_ms);
    }
  });

  it('names the offset, with minutes where there are some', () => {
    expect(offsetName(at('2026-07-01T00:00:00Z'), BERLIN)).toBe('UTC+2');
    expect(offsetName(at('2026-01-01T00:00:00Z'), 'America/St_Johns')).toBe('UTC−3:30');
  });
});

describe('an entry afterwards', () => {
  const now = at('2026-10-25T12:00:00Z');

  it('asks which one is meant when the time came twice', () => {
    const twice = { date: '2026-10-25', time: '02:30' };
    expect(readEntered(twice, null, BERLIN, now).kind).toBe('which');
    expect(readEntered(twice, true, BERLIN, now)).toEqual({
      kind: 'at',
      at_ms: at('2026-10-25T01:30:00Z'),
    });
  });

  it('does not ask while the second one is still to come', () => {
    const early = at('2026-10-25T00:40:00Z');
    expect(readEntered({ date: '2026-10-25', time: '02:30' }, null, BERLIN, early)).toEqual({
      kind: 'at',
      at_ms: at('2026-10-25T00:30:00Z'),
    });
  });

  it('says what is wrong with a time that never was or is still to come', () => {
    expect(readEntered({ date: '2026-03-29', time: '02:30' }, null, BERLIN, now).kind).toBe(
      'skipped',
    );
    expect(readEntered({ date: '2026-10-26', time: '02:30' }, null, BERLIN, now).kind).toBe(
      'future',
    );
    expect(readEntered({ date: '', time: '' }, null, BERLIN, now).kind).toBe('unreadable');
  });
});
