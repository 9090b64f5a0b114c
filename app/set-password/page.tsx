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
    <CardPage
      title="Set your password"
      about="Only you will know it; the person who invited you can’t see it."
    >
      {caller && (
        <Notice tone="warn" className="mb-4">
          This browser is signed in as <StoredText>{caller.person.name}</StoredText>. If that isn’t you, open
          your link in your own browser.
        </Notice>
      )}
      <SetPasswordForm min={PASSWORD_MIN} max={PASSWORD_MAX} />
    </CardPage>
  );
}
