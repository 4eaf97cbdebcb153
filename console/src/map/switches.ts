/**
 * Two switches for tests, in the address that a page is opened with; they hold until it is left.
 * `?freeze`: once a map is drawn, nothing on it moves by itself. `?nomap`: its place stays empty.
 */
const asked = new URLSearchParams(typeof location === 'undefined' ? '' : location.search);
export const FREEZE = asked.has('freeze');
export const NO_MAP = asked.has('nomap');
