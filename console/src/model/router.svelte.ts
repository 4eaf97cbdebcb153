/** Which page is open. Every page is a path that the server knows, so that a reload stays there. */
import { PAGES, SIGN_IN, type Page } from '../pages';

export type { Page } from '../pages';

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
  const known: readonly Page[] = [...PAGES.map(({ path }) => path), SIGN_IN];
  return known.find((page) => page === trimmed) ?? '/';
}

export const router = new Router();
