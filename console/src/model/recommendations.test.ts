import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const get = vi.fn();
vi.mock('../api/client', () => ({ get: (path: string) => get(path) as unknown }));
vi.mock('./session.svelte', () => ({ session: { may: () => true } }));
const { recommendations } = await import('./recommendations.svelte');

/** The server recommends `chosen` now, and has rehearsed P7 instead of `instead_of` at a moment. */
function serve(chosen: string[], instead_of: string, at_ms = 2): void {
  get.mockImplementation((path: string) =>
    Promise.resolve({
      ok: true,
      value: path.endsWith('lookahead')
        ? { ready: true, stale: false, at_ms, candidates: [{ unit: 'P7', instead_of }] }
        : { chosen, candidates: [], needs: [], at_ms: 1 },
    }),
  );
}

describe('the look ahead beside a recommendation', () => {
  beforeEach(() => {
    get.mockReset();
    vi.useFakeTimers();
  });
  afterEach(() => {
    recommendations.clear();
    vi.useRealTimers();
  });

  it('is shown where it compares with a unit that is recommended now', async () => {
    serve(['P3'], 'P3');
    await recommendations.load('x');
    await vi.advanceTimersByTimeAsync(1);
    expect(recommendations.aheadOf('P7')).toMatchObject({ instead_of: 'P3' });
    expect(recommendations.aheadOf('P8')).toBeNull();
  });
  it('says that it moved on where it compares with another', async () => {
    serve(['P3'], 'P3');
    await recommendations.load('x');
    await vi.advanceTimersByTimeAsync(1);
    serve(['P5'], 'P3');
    await recommendations.load('x');
    expect(recommendations.aheadOf('P7')).toBe('moved_on');
    serve(['P5'], 'P5');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(recommendations.aheadOf('P7')).toMatchObject({ instead_of: 'P5' });
  });
  it('says so of the whole, until it is asked anew who should go', async () => {
    serve(['P3'], 'P5');
    await recommendations.load('x');
    await vi.advanceTimersByTimeAsync(1);
    recommendations.toggle('P9');
    expect(recommendations.movedOn).toBe(true);
    serve(['P5'], 'P5');
    await recommendations.renew();
    expect(recommendations.movedOn).toBe(false);
    expect(recommendations.chosen).toEqual(['P5', 'P9']);
  });
  it('does not say so where it is the look ahead that is behind', async () => {
    serve(['P5'], 'P3', 1);
    await recommendations.load('x');
    await vi.advanceTimersByTimeAsync(1);
    expect(recommendations.movedOn).toBe(false);
    expect(recommendations.aheadOf('P7')).toBe('moved_on');
  });
  it('is not asked for where nobody is needed', async () => {
    serve([], 'P3');
    await recommendations.load('x', false);
    await vi.advanceTimersByTimeAsync(1);
    expect(recommendations.aheadState).toBe('none');
    expect(get).not.toHaveBeenCalledWith('/incidents/x/lookahead');
  });
});
