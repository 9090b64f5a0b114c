import type { Metadata } from "next";
import { ClaimKeyForm } from "@/components/keys/claim-key-form";
import { CardPage } from "@/components/shell/card-page";
import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Get your API key" };

export default async function ClaimKeyPage() {
  const caller = await findSignedIn();
  return (
    <CardPage
      title="Get your API key"
      about="The key is made for you and shown only once. Runflow can’t see it."
    >
      {caller && (
        <Notice tone="warn" className="mb-4">
          This browser is signed in as <StoredText>{caller.person.name}</StoredText>. This link is for the
          customer: the audit trail will say that its holder opened it.
        </Notice>
      )}
      <ClaimKeyForm />
    </CardPage>
  );
}
