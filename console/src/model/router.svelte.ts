/** Which page is open. Every page is a path that the server knows, so that a reload stays there. */
export const PAGES = [
  '/calls',
  '/dispatch',
  '/supervise',
  '/field',
  '/audit',
  '/handover',
  '/practice',
  '/plan',
  '/sign-in',
] as const;
export type Page = (typeof PAGES)[number];

class Router {
  page = $state<Page | '/'>(pageOf(typeof location === 'undefined' ? '/' : location.pathname));

  start(): void {
    addEventListener('popstate', () => (this.page = pageOf(location.pathname)));
  }

  go(path: string, how: 'push' | 'replace' = 'push'): void {
    const page = pageOf(path);
    if (page === this.page) return;
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', page);
    this.page = page;
  }
}

function pageOf(path: string): Page | '/' {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  return PAGES.find((page) => page === trimmed) ?? '/';
}

export const router = new Router();
