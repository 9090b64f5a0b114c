"use client";

import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { dismissPasswordNotice } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";

type Props = { setAt: string; madeBy: { name: string; email: string } | null };

/** Tells a person who could have set their password, until they dismiss it. */
export function PasswordNotice({ setAt, madeBy }: Props) {
  const dismiss = useChange(dismissPasswordNotice);
  if (dismiss.data) return null;
  return (
    <Notice
      tone="info"
      role="status"
      className="mx-4 my-3 flex flex-wrap items-center gap-x-3 gap-y-1 lg:mx-6"
    >
      <span className="wrap-anywhere">
        Your password was set on <Moment time={setAt} /> through a link made{" "}
        {madeBy ? (
          <>
            by <StoredText className="font-medium">{madeBy.name}</StoredText>, {madeBy.email}
          </>
        ) : (
          "on the server"
        )}
        . If that wasn’t you, tell another admin now.
      </span>
      <Button size="sm" isBusy={dismiss.isPending} onClick={() => dismiss.mutate(undefined)}>
        It was me
      </Button>
      {dismiss.error && <span className="text-danger">That didn’t work. Try again.</span>}
    </Notice>
  );
}
