import { CopyButton } from "./copy-button";
import { LateJsonViewer } from "./late-json-viewer";
import { EmptyPanel, Panel } from "./panel";

type Props = {
  id: string;
  title: string;
  /** Indented JSON, shown as it is; null if there is none. */
  text: string | null;
  none: string;
};

export function JsonPanel({ id, title, text, none }: Props) {
  if (text === null) {
    return (
      <EmptyPanel id={id} title={title}>
        {none}
      </EmptyPanel>
    );
  }
  return (
    <Panel
      id={id}
      title={title}
      aside={
        <span className="text-ink-muted flex items-center gap-1.5 text-sm">
          {formatSize(text)}
          <CopyButton text={text} what={title.toLowerCase()} />
        </span>
      }
    >
      <LateJsonViewer label={title} text={text} />
    </Panel>
  );
}

function formatSize(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}
