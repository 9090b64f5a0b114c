import { Notice } from "@/components/ui/notice";
import { SECRET_ENDS, type SecretEnd } from "@/lib/client/secret-ends";

/**
 * Replaces a secret that had to leave the page.
 * @param next what to do if it wasn't saved
 */
export function SecretGone({ what, why, next }: { what: string; why: SecretEnd; next: string }) {
  return (
    <Notice tone="warn" role="alert">
      <p className="font-medium">
        The {what} is no longer shown: {SECRET_ENDS[why]}.
      </p>
      <p>If you didn’t save it, {next}</p>
    </Notice>
  );
}
