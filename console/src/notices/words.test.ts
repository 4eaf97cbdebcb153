import { describe, expect, it } from 'vitest';
import type { NoticeRow } from '../api/schema';
import { sayMissing } from './words';

const row = (more: Partial<NoticeRow>) =>
  ({ answer: 'acknowledge', missing: [], acknowledged: [], ...more }) as unknown as NoticeRow;

describe('who has read a notice', () => {
  it('is counted', () => {
    expect(sayMissing(row({ acknowledged: ['a', 'b'] }))).toBe('all have (2)');
    expect(sayMissing(row({ answer: 'see', acknowledged: ['a'] }))).toBe('1 person has seen it');
  });

  it('is nobody where nobody was there, or has looked yet', () => {
    expect(sayMissing(row({}))).toBe('nobody else was signed in');
    expect(sayMissing(row({ answer: 'see' }))).toBe('nobody has seen it yet');
  });
});
