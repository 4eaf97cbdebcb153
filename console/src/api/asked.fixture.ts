/** For tests in whose place of a server a function stands: the address that is asked for. */
interface Given {
  body?: unknown;
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> };
}

export function addressed(path: string, { params }: Given = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(params?.path?.[name]));
  const query = Object.entries(params?.query ?? {}).map(([name, value]) => `${name}=${value}`);
  return query.length ? `${filled}?${query.join('&')}` : filled;
}
