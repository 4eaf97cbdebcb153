import { describe, expect, it } from 'vitest';
import { aboveOf, linesOf, sightsOf, type View } from './queueWindow';

const view = (top_px: number): View => ({ row_px: 30, head_px: 20, top_px, height_px: 600 });
const rows = Array.from({ length: 5_000 }, (_, n) => ({ id: String(n) }));
const whole = { from: 0, to: rows.length };

describe('the window of the queue', () => {
  it('draws what is in sight of each section, and nothing of the others', () => {
    expect(sightsOf([3, 5_000, 5_000], view(0))).toEqual([
      { from: 0, to: 3 },
      { from: 0, to: 32 },
      { from: 0, to: 0 },
    ]);
    // The third section begins 10 rows below the upper edge.
    const third = sightsOf([3, 5_000, 5_000], view(3 * 20 + 5_003 * 30 - 300));
    expect(third).toEqual([
      { from: 3, to: 3 },
      { from: 4_974, to: 5_000 },
      { from: 0, to: 26 },
    ]);
  });

  it('is never longer than what is there, wherever it is scrolled to', () => {
    for (let top_px = -2_000; top_px < 200_000; top_px += 777)
      for (const { from, to } of sightsOf([0, 40, 5_000], view(top_px))) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to - from).toBeLessThanOrEqual(20 + 2 * 16 + 1);
      }
  });

  it('takes as much room as all rows would, and keeps one', () => {
    for (const kept of [undefined, '7', '2010', '4999', 'elsewhere']) {
      const { lines, after } = linesOf(rows, { from: 2_000, to: 2_040 }, kept);
      const room = lines.reduce((sum, { before }) => sum + before + 1, after);
      expect(room).toBe(rows.length);
      expect(lines.some(({ row }) => row.id === kept)).toBe(rows.some(({ id }) => id === kept));
      expect(lines.map(({ row }) => row)).toEqual(lines.map(({ at }) => rows[at]));
    }
  });

  it('draws all of a short one', () => {
    const { lines, after } = linesOf(rows, whole, '3');
    expect(lines).toHaveLength(rows.length);
    expect(lines.every(({ before }) => before === 0)).toBe(true);
    expect(after).toBe(0);
  });

  it('counts who waits above, drawn or not', () => {
    const sections = [rows.slice(0, 10), rows];
    const all = () => true;
    expect(aboveOf(sections, view(0), all)).toBe(0);
    expect(aboveOf(sections, view(20 + 30), all)).toBe(1);
    expect(aboveOf(sections, view(20 + 14), all)).toBe(0);
    expect(aboveOf(sections, view(40 + 300 + 3_000), all)).toBe(110);
    expect(aboveOf(sections, view(1e9), ({ id }) => Number(id) % 2 === 0)).toBe(2_505);
  });
});
