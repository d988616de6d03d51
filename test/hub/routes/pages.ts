/** One page of a list, with a `Link` to the next. */
export function pageOf<Item>(
  items: readonly Item[],
  url: URL,
  pageSize: number,
): { items: readonly Item[]; headers: Record<string, string> } {
  const limit = Math.min(pageSize, Number(url.searchParams.get('limit') ?? pageSize));
  const start = Number(Buffer.from(url.searchParams.get('cursor') ?? '', 'base64url').toString() || 0);
  const end = start + limit;
  if (end >= items.length) return { items: items.slice(start), headers: {} };
  const next = new URL(url);
  next.searchParams.set('cursor', Buffer.from(`${end}`).toString('base64url'));
  return { items: items.slice(start, end), headers: { link: `<${next.href}>; rel="next"` } };
}
