import { Moment } from "@/components/ui/moment";
import { StoredText } from "@/components/ui/stored-text";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyLink } from "./key-link";

/** What a key that nobody has claimed is waiting for. */
export function PendingLine({ of: key, isMaker }: { of: ApiKey; isMaker: boolean }) {
  const { owner, maker, link_expires_at: until } = key;
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-ink-muted wrap-anywhere">
        <StoredText>{owner.name}</StoredText> has not claimed this key.{" "}
        {until ? (
          <>
            Their link works until <Moment time={until} />.
          </>
        ) : (
          "Their link has expired."
        )}{" "}
        {!isMaker && maker && (
          <>
            Only <StoredText>{maker.name}</StoredText>, who made it, can make a new link.
          </>
        )}
      </p>
      {isMaker && <KeyLink of={key} />}
    </div>
  );
}
