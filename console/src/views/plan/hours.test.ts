import { describe, expect, it } from 'vitest';
import { hoursOf, wrongHours } from './hours';

describe('hours that are typed', () => {
  it.each([
    ['', []],
    ['Mon-Fri 8:00-16:00', ['mon-fri 08:00-16:00']],
    ['daily 7:00–19:00', ['daily 07:00-19:00']],
    ['mon – fri 08:00 - 16:00', ['mon-fri 08:00-16:00']],
    ['周一至周五 08:00-16:00', ['mon-fri 08:00-16:00']],
    ['周一至五8：00—16：00，周日 10:00-12:00', ['mon-fri 08:00-16:00', 'sun 10:00-12:00']],
    ['星期六到星期天 18:00-2:00', ['sat-sun 18:00-02:00']],
    ['每天 07:00至19:00', ['daily 07:00-19:00']],
    [
      'mon 7:00-19:00 break 12:00 30 min, sat 22:00-6:00 break 2:00 45',
      ['mon 07:00-19:00 break 12:00 30', 'sat 22:00-06:00 break 02:00 45'],
    ],
    [
      '周一至周五 07:00-19:00 休息 12:00 30分钟 休息16:30 15分',
      ['mon-fri 07:00-19:00 break 12:00 30 break 16:30 15'],
    ],
  ])('%s', (typed, hours) => {
    expect(hoursOf(typed)).toEqual(hours);
    expect(wrongHours(typed)).toBeNull();
  });

  it.each([
    ['weekends', 'weekends'],
    ['mon 25:00-26:00', 'mon 25:00-26:00'],
    ['daily 08:00-20:00, weekend 08:00-12:00', 'weekend 08:00-12:00'],
  ])('%s has not the form', (typed, said) =>
    expect(wrongHours(typed)).toEqual({ why: 'form', said }),
  );
});

describe('breaks', () => {
  it.each([
    'mon 07:00-15:00 break 15:00 30',
    'mon 07:00-15:00 break 14:45 30',
    'mon 07:00-15:00 break 08:00 0',
    'fri 22:00-06:00 break 06:00 15',
    'mon 07:00-15:00 break 09:00 30 break 09:15 30',
  ])('%s do not fit', (said) => expect(wrongHours(said)).toEqual({ why: 'break', said }));

  it('have a time and a length', () => {
    const said = 'mon 07:00-15:00 break 11:00';
    expect(wrongHours(said)).toEqual({ why: 'form', said });
  });
});

describe('hours that overlap', () => {
  it.each([
    ['mon-fri 08:00-16:00, wed 15:00-20:00', 'wed 15:00-20:00', 'mon-fri 08:00-16:00'],
    ['sun 22:00-06:00, mon 05:00-12:00', 'mon 05:00-12:00', 'sun 22:00-06:00'],
    ['daily 08:00-16:00, daily 08:00-16:00', 'daily 08:00-16:00', 'daily 08:00-16:00'],
  ])('%s', (typed, said, other) =>
    expect(wrongHours(typed)).toEqual({ why: 'overlap', said, other }),
  );

  it('are not those that follow each other, over midnight and over the week', () => {
    expect(wrongHours('daily 08:00-16:00, daily 16:00-08:00')).toBeNull();
    expect(wrongHours('sun 22:00-24:00, mon 00:00-06:00')).toBeNull();
    expect(wrongHours('daily 00:00-24:00')).toBeNull();
    expect(wrongHours('fri-mon 08:00-16:00, tue-thu 08:00-16:00')).toBeNull();
  });
});
