import { describe, expect, it } from 'vitest';
import { saySize, shrunk } from './files';

describe('a file that is chosen', () => {
  it('has a size that people read', () => {
    expect([0, 640, 999, 1_000, 12_400, 3_440_000].map(saySize)).toEqual([
      '0 B',
      '640 B',
      '999 B',
      '1 kB',
      '12 kB',
      '3.4 MB',
    ]);
  });

  it('leaves as it is where it is no picture, small enough, or can not be drawn', async () => {
    const text = new Blob(['x'.repeat(50)], { type: 'text/plain' });
    const small = new Blob(['x'], { type: 'image/png' });
    const broken = new Blob(['x'.repeat(50)], { type: 'image/png' });
    expect(await shrunk(text, 10)).toBe(text);
    expect(await shrunk(small, 10)).toBe(small);
    expect(await shrunk(broken, 10)).toBe(broken);
  });
});
