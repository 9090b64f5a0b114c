import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { /** Defaults to the page's own title. */ as?: "h1" | "h2" } & (
  | { because: "unverified" }
  /** `actions`: where the person can go instead. */
  | { because: "permission"; permission: string; actions?: ReactNode }
);

/** A page that the person can't see, and whom to ask. */
export function Refused({ as = "h1", ...props }: Props) {
  if (props.because === "unverified") {
    return (
      <EmptyState as={as} title="Your email address is not verified">
        Until it is, the console shows no data. Follow the link in the verification email, or ask an admin to
        send it again.
      </EmptyState>
    );
  }
  return (
    <EmptyState as={as} title="Your role doesn’t include this page" actions={props.actions}>
      Ask an admin for the permission <code className="mono">{props.permission}</code>.
    </EmptyState>
  );
}
