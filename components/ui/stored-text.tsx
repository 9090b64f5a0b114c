import { splitControls } from "@/lib/client/bidi";

type Props = { children: string | null | undefined; className?: string };

/**
 * Text from people and customers: names, reasons, references. Isolated, so that its direction can't affect
 * its surroundings; bidi controls show as code points. A lint rule requires it.
 */
export function StoredText({ children, className }: Props) {
  if (!children) return null;
  return (
    <bdi dir="auto" className={className}>
      <NamedControls text={children} />
    </bdi>
  );
}

/** The text, with bidi control characters shown as code points. */
export const NamedControls = ({ text }: { text: string }) =>
  splitControls(text).map(({ text: piece, isControl }, index) =>
    isControl ? (
      <span
        key={index}
        title="Control character that would change the text direction"
        className="mono bg-warn-tint text-warn rounded-sm px-0.5"
      >
        {piece}
      </span>
    ) : (
      piece
    ),
  );
