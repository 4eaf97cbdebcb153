import { afterEach, describe, expect, it } from 'vitest';
import { half, listed } from '.';
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

describe('a list', () => {
  it('has the marks of its language', () => {
    expect(listed(['P1', 'P2'])).toBe('P1, P2');
    settings.language = 'zh';
    expect(listed(['巡101', '巡102'])).toBe('巡101、巡102');
  });
});
