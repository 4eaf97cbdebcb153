import { describe, expect, it } from 'vitest';
import type { PackAgreement } from '../api/schema';
import { fits, needsLook, urgency, usable, whyNot } from './can';

const GAS = { categories: ['GAS-LEAK'], from_ms: 10, until_ms: 20 } as unknown as PackAgreement;

describe('a referral', () => {
  it('is recalled until it is done or refused, and seen once it is answered', () => {
    expect(whyNot('referral.recall', { state: 'expired' })).toBeNull();
    expect(whyNot('referral.recall', { state: 'in_progress' })).toBeNull();
    expect(whyNot('referral.recall', { state: 'done' })).toBe('why.referral.done');
    expect(whyNot('referral.remind', { state: 'in_progress' })).toBeNull();
    expect(whyNot('referral.remind', { state: 'done' })).toBe('why.referral.done');
    expect(whyNot('referral.close', { state: 'refused' })).toBeNull();
    expect(whyNot('referral.close', { state: 'sent' })).toBe('why.referral.sent');
    expect(fits('referral.undo_answer', 'in_progress')).toBe(false);
  });

  it('stands first where the room has to look at it', () => {
    const rows = (['in_progress', 'sent', 'refused', 'expired'] as const).map((state, i) => ({
      state,
      due_ms: 1_700_000_000_000 - i,
    }));
    const sorted = rows.sort((a, b) => urgency(a) - urgency(b)).map(({ state }) => state);
    expect(sorted).toEqual(['expired', 'refused', 'sent', 'in_progress']);
    expect(rows.filter(needsLook)).toHaveLength(2);
  });

  it('goes by an agreement in force that is for its category', () => {
    expect(usable([GAS], 'GAS-LEAK', 10)).toEqual([GAS]);
    expect(usable([GAS], 'POL-NOISE', 10)).toEqual([]);
    expect(usable([GAS], 'GAS-LEAK', 20)).toEqual([]);
  });
});
