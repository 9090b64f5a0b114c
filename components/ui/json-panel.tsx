import { cx } from "./class-names";
import { CopyButton } from "./copy-button";
import { Panel } from "./panel";

type Props = {
  id: string;
  title: string;
  /** JSON, already laid out; it is shown as it is. Null when there is none. */
  text: string | null;
  none: string;
};

/** Beyond this the marking of names and values costs more than it helps. */
const MARKED_LENGTH = 30_000;

export function JsonPanel({ id, title, text, none }: Props) {
  return (
    <Panel
      id={id}
      title={title}
      aside={
        text !== null && (
          <span className="text-ink-muted flex items-center gap-1.5 text-sm">
            {formatSize(text)}
            <CopyButton text={text} what={title.toLowerCase()} />
          </span>
        )
      }
    >
      {text === null ? (
        <p className="text-ink-muted px-4 py-3">{none}</p>
      ) : (
        // A region that scrolls has to be reachable by keyboard.
        <pre
          tabIndex={0}
          role="region"
          aria-label={`${title} as JSON`}
          className="mono bg-sunken max-h-96 overflow-auto px-4 py-3 leading-5 wrap-anywhere whitespace-pre-wrap focus-visible:-outline-offset-2"
        >
          {text.length > MARKED_LENGTH ? text : mark(text)}
        </pre>
      )}
    </Panel>
  );
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

/** Names step back, and numbers and literals differ from text that looks like them. */
function mark(text: string) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, , colon, literal] = match;
    const isName = colon !== undefined;
    if (!isName && literal === undefined) continue;
    parts.push(text.slice(end, match.index));
    parts.push(
      <span key={match.index} className={cx(isName ? "text-ink-muted" : "text-accent")}>
        {all}
      </span>,
    );
    end = match.index + all.length;
  }
  parts.push(text.slice(end));
  return parts;
}

function formatSize(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}
