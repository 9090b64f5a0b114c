import { CopyButton } from "@/components/ui/copy-button";

/** A link that is shown this once. */
export function LinkShown({ link }: { link: string }) {
  return (
    <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
      <code data-testid="link" className="mono min-w-0 break-all">
        {link}
      </code>
      <CopyButton text={link} what="link" />
    </div>
  );
}
