/** The end of a path, which tells apart the addresses of one host. */
const TAIL = 12;

/**
 * An address without its scheme, cut in the middle where room is short. Put the full address into the title
 * of its cell or link.
 */
export function UrlText({ url }: { url: string }) {
  const [, host = url, path = ""] = /^[a-z]+:\/\/([^/?#]+)(?:\/$)?(.*)$/i.exec(url) ?? [];
  const at = Math.max(0, path.length - TAIL);
  return (
    <>
      <span className="sr-only">{url}</span>
      <span aria-hidden className="mono inline-flex max-w-full align-bottom whitespace-nowrap">
        <span className="truncate">
          {host}
          <span className="text-ink-muted">{path.slice(0, at)}</span>
        </span>
        <span className="text-ink-muted shrink-0">{path.slice(at)}</span>
      </span>
    </>
  );
}
