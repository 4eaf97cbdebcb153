import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const get = vi.fn();
vi.mock('../api/client', () => ({ get: (path: string) => get(path) as unknown }));
const { PhoneNotices } = await import('./onPhone.svelte');

const said = (text: string) => ({ ok: true, value: { notices: [{ text }] } });
const gone = { ok: false, failure: { kind: 'unreachable' } };
const texts = (notices: InstanceType<typeof PhoneNotices>) => notices.found.map((one) => one.text);

beforeEach(() => {
  vi.useFakeTimers();
  get.mockReset();
});
afterEach(() => void vi.useRealTimers());

describe('the notices of a telephone', () => {
  it('come as soon as there is a network again', async () => {
    const notices = new PhoneNotices();
    get.mockResolvedValueOnce(gone).mockResolvedValueOnce(said('the bridge is closed'));
    await notices.read(1);
    expect(texts(notices)).toEqual([]);
    await vi.runAllTimersAsync();
    expect(texts(notices)).toEqual(['the bridge is closed']);
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('are never replaced by older ones that come late', async () => {
    const notices = new PhoneNotices();
    let answer: (result: unknown) => void = () => {};
    get.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    get.mockResolvedValueOnce(said('new'));
    const first = notices.read(1);
    await notices.read(2);
    answer(said('old'));
    await first;
    expect(texts(notices)).toEqual(['new']);
  });

  it('are not asked for any more when the page is left', async () => {
    const notices = new PhoneNotices();
    let answer: (result: unknown) => void = () => {};
    get.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const reading = notices.read(1);
    notices.stop();
    answer(gone);
    await reading;
    await vi.runAllTimersAsync();
    expect(get).toHaveBeenCalledTimes(1);
  });
});
