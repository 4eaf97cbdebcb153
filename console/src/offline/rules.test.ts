import { describe, expect, it } from 'vitest';
import { cacheOf, outdated, wayOf } from './rules';

const HOST = 'https://room.example';
const way = (path: string, mode = 'navigate', method = 'GET') =>
  wayOf({ method, mode, url: new URL(path, HOST).href }, HOST);

describe('the service worker', () => {
  it('answers for pages and parts of the build, and for nothing else', () => {
    expect(way('/field')).toBe('page');
    expect(way('/')).toBe('page');
    expect(way('/static/console/assets/index-a1b2c3d4.js', 'cors')).toBe('file');
    expect(way('/static/console/icon.svg', 'no-cors')).toBe('network');
    expect(way('https://elsewhere.example/field')).toBe('network');
    expect(way('/field', 'navigate', 'POST')).toBe('network');
  });

  it.each([
    '/api/session',
    '/api/readings/field',
    '/api/stream?after=1',
    '/api/plan/runs/1/files/a',
  ])('never touches an answer of the API: %s', (path) => {
    expect(way(path)).toBe('network');
    expect(way(path, 'cors')).toBe('network');
  });

  it('keeps its build and the one before, and nothing of another room', () => {
    const [old, before, now] = ['1', '2', '3'].map((build) => cacheOf('here', build)) as [
      string,
      string,
      string,
    ];
    const other = cacheOf('there', '3');
    const names = [old, other, before, now, 'of-another-program'];
    expect(outdated(names, 'here', now)).toEqual([old, other]);
    expect(outdated([now], 'here', now)).toEqual([]);
  });
});
