import { afterEach, describe, expect, it } from 'vitest';
import { half, inBoth, listed, pair } from '.';
import { settings } from '../model/settings.svelte';

afterEach(() => {
  settings.language = 'en';
});

describe('a text in both languages', () => {
  it('is shown in the one that is read', () => {
    expect(half('楼上冒烟了！ ‖ There is smoke!')).toBe('There is smoke!');
    settings.language = 'zh';
    expect(half('楼上冒烟了！ ‖ There is smoke!')).toBe('楼上冒烟了！');
  });

  it('is whole where a person wrote it', () => {
    for (const text of ['smoke', '烟 · smoke', 'a ‖ b ‖ c', '']) expect(half(text)).toBe(text);
  });
});

describe('a text that the screen makes for both', () => {
  it('is read in either language', () => {
    const near = inBoth(
      pair('form.near', { street: { en: 'Lantern Rd', zh: '灯笼路' }, coordinates: '30.1, 120.2' }),
    );
    expect(half(near)).toContain('Lantern Rd');
    expect(half(near)).not.toContain('灯笼路');
    settings.language = 'zh';
    expect(half(near)).toContain('灯笼路');
    expect(half(near)).not.toContain('Lantern');
    expect(half(near)).toContain('30.1, 120.2');
  });

  it('is said once where both are the same, or one is all there is', () => {
    expect(inBoth({ en: '110-1', zh: '110-1' })).toBe('110-1');
    expect(inBoth({ en: 'Main St', zh: '' })).toBe('Main St');
  });
});

describe('a list', () => {
  it('has the marks of its language', () => {
    expect(listed(['P1', 'P2'])).toBe('P1, P2');
    settings.language = 'zh';
    expect(listed(['巡101', '巡102'])).toBe('巡101、巡102');
  });
});
