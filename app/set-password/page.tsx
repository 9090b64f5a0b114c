import type { Metadata } from "next";
import { SetPasswordForm } from "@/components/people/set-password-form";
import { CardPage } from "@/components/shell/card-page";
import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/contract/people";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Set your password" };

export default async function SetPasswordPage() {
  const caller = await findSignedIn();
  return (
    <CardPage title="Set your password" about="Nobody else gets to know it, also not whoever invited you.">
      {caller && (
        <Notice tone="warn" className="mb-4">
          <StoredText>{caller.person.name}</StoredText> is signed in in this browser. If that is not you, open
          your link in a browser of your own.
        </Notice>
      )}
      <SetPasswordForm min={PASSWORD_MIN} max={PASSWORD_MAX} />
    </CardPage>
  );
}
