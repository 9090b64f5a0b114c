import { Notice } from "@/components/ui/notice";
import { RequestFailure } from "@/components/ui/request-failure";
import { PasskeyRefused } from "@/lib/client/passkeys";

/** Why a passkey could not be made or used: the browser's reason, or the server's. */
export function PasskeyFailure({ error }: { error: Error }) {
  if (!(error instanceof PasskeyRefused)) return <RequestFailure error={error} />;
  return (
    <Notice tone="danger" role="alert">
      {error.message}
    </Notice>
  );
}
