import Link from "next/link";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyExpiry } from "./key-expiry";

/** The keys that replaced this one, and that it replaced. */
export function RotationLine({ of: key }: { of: ApiKey }) {
  const { state, rotated_to: next, rotated_from: previous, expires_at } = key;
  if (next === null && previous === null) return null;
  const isOver = state === "expired" || state === "revoked";
  return (
    <p id="key-rotation">
      {next !== null && (
        <>
          <span className="font-medium">Rotated.</span> <KeyLink id={next}>The new key</KeyLink> replaces it
          {!isOver && expires_at !== null && (
            <>
              ; this one stops working <KeyExpiry state={state} expiresAt={expires_at} />
            </>
          )}
          .
        </>
      )}
      {previous !== null && (
        <>
          {next !== null && " "}It replaces <KeyLink id={previous}>an older key</KeyLink>.
        </>
      )}
    </p>
  );
}

const KeyLink = ({ id, children }: { id: string; children: string }) => (
  <Link href={paths.key(id)} prefetch={false} className="text-accent underline">
    {children}
  </Link>
);
