import { describe, expect, it } from 'vitest';
import { readNamed } from './slots';

const CLOCKS = [
  { code: 'report', en: 'Report', zh: '反馈' },
  { code: 'report_first', en: 'Report first', zh: '首次反馈' },
  { code: 'round', en: '30 minute round', zh: '30 分钟回访' },
];

describe('a clock in a command', () => {
  it('is named by its longest name that fits, in either language, or by its code', () => {
    expect(readNamed(['report', 'FIRST', 'x'], CLOCKS)).toEqual({ value: 'report_first', used: 2 });
    expect(readNamed(['report', 'later'], CLOCKS)).toEqual({ value: 'report', used: 1 });
    expect(readNamed(['report_first'], CLOCKS)).toEqual({ value: 'report_first', used: 1 });
    expect(readNamed(['首次反馈', '原因'], CLOCKS)).toEqual({ value: 'report_first', used: 1 });
    expect(readNamed(['30', '分钟回访'], CLOCKS)).toEqual({ value: 'round', used: 2 });
  });

  it('is none where another word stands', () => {
    expect(readNamed(['weather'], CLOCKS)).toBeNull();
    expect(readNamed([], CLOCKS)).toBeNull();
    expect(readNamed(['30'], CLOCKS)).toBeNull();
  });
});
