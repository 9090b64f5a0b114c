"use client";

import { useQuery } from "@tanstack/react-query";
import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import type { Customer } from "@/lib/client/organizations";
import { createKey, keyOwnersOptions } from "@/lib/client/keys";
import { serverNow } from "@/lib/client/server-time";
import { useApiForm } from "@/lib/client/use-api-form";
import { type ApiKey, CreateKeyBody, type KeyOwner } from "@/lib/contract/keys";
import type { KeyCreator } from "./key-creator";
import { copyKey, findMissing, type KeyDraft, startDraft, toBody } from "./key-draft";
import type { Party } from "./key-limits";
import { NewKeyFields } from "./new-key-fields";

type Props = DialogProps & {
  creator: KeyCreator;
  /** The key to replace, if any. */
  replaces?: ApiKey;
  /** The customers of the replaced key, or a suggested one. */
  customers: Customer[];
  /** The person confirmed that they have the key, or lost it. */
  onKept: (key: { id: string }) => void;
};

/** Creates a key and shows it once. */
export function NewKeyDialog({ creator, replaces, customers, onKept, ...dialog }: Props) {
  const partyOf = (draft: KeyDraft): Party => ({ creator, owner: findOwner(draft, people.data) });
  const form = useApiForm({
    start: replaces ? copyKey(replaces, customers) : startDraft(creator, customers[0]),
    schema: CreateKeyBody,
    inBody: { ownerId: "owner_id", customer: "org_id", days: "expires_at" },
    toBody: (draft) => toBody(draft, partyOf(draft), serverNow()),
    missing: (draft) => findMissing(draft, partyOf(draft)),
    send: createKey,
  });
  const { kind, customer } = form.values;
  const people = useQuery({
    ...keyOwnersOptions(kind === "service" ? null : (customer?.id ?? "")),
    enabled: kind === "service" || customer !== undefined,
  });
  return (
    <SecretDialog
      {...dialog}
      what="key"
      making={form.change}
      shown={(made) => ({
        title: "Your new key",
        text: (
          <p>
            <StoredText className="text-ink">{made.name}</StoredText> is shown only once.{" "}
            {made.kind === "inference"
              ? "Send it to the customer over a secure channel before closing."
              : "Store it where the script reads it before closing."}
          </p>
        ),
        value: made.key,
      })}
      kept="I’ve saved the key"
      lost="revoke it on its page and create another one."
      width="w-[40rem]"
      onEnd={(made) => {
        form.reset();
        onKept(made);
      }}
    >
      <DialogForm
        {...form.props}
        {...(replaces ? REPLACING : { title: "New key" })}
        submit="Create key"
        submitting="Creating…"
      >
        <NewKeyFields {...{ form, people, creator }} owner={partyOf(form.values).owner} />
      </DialogForm>
    </SecretDialog>
  );
}

const REPLACING = {
  title: "Replace this key",
  text: "Creates a key with the same permissions and customers. The old key works until you revoke it.",
};

/** An inference key defaults to the customer's first person; a service key's owner must be chosen. */
const findOwner = ({ kind, ownerId }: KeyDraft, people: readonly KeyOwner[] | undefined) =>
  people?.find(({ id }) => id === ownerId) ?? (kind === "service" ? undefined : people?.[0]);
