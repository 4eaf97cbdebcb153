import { describe, expect, it } from 'vitest';
import { panel } from './panel.svelte';

describe('a part of the panel', () => {
  it('is opened once for each time that it was asked for', () => {
    expect(panel.take('closing')).toBe(false);
    panel.show('closing');
    expect(panel.take('dispatch')).toBe(false);
    expect(panel.take('closing')).toBe(true);
    expect(panel.take('closing')).toBe(false);
    panel.show('closing');
    expect(panel.take('closing')).toBe(true);
  });
});
