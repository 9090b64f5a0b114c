"use client";

import { useQuery } from "@tanstack/react-query";
import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import type { Customer } from "@/lib/client/organizations";
import { createKey, keyOwnersOptions } from "@/lib/client/keys";
import { serverNow } from "@/lib/client/server-time";
import { useApiForm } from "@/lib/client/use-api-form";
import { type ApiKey, CreateKeyBody, type KeyOwner } from "@/lib/contract/keys";
import { showNewKey } from "./show-new-key";
import type { KeyCreator } from "./key-creator";
import { copyKey, findMissing, type KeyDraft, startDraft, toBody } from "./key-draft";
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
  const ownerOf = (draft: KeyDraft): KeyOwner | undefined => findOwner(draft, people.data);
  const form = useApiForm({
    start: replaces ? copyKey(replaces, customers) : startDraft(creator, customers[0]),
    schema: CreateKeyBody,
    inBody: { ownerId: "owner_id", customer: "org_id", days: "expires_at" },
    toBody: (draft) => toBody(draft, creator, ownerOf(draft), serverNow()),
    missing: (draft) => findMissing(draft, creator, ownerOf(draft)),
    send: createKey,
  });
  const { kind, customer } = form.values;
  const people = useQuery({
    ...keyOwnersOptions(customer?.id ?? ""),
    enabled: kind === "inference" && customer !== undefined,
  });
  return (
    <SecretDialog
      {...dialog}
      what="key"
      making={form.change}
      shown={showNewKey}
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
        <NewKeyFields {...{ form, people, creator }} owner={ownerOf(form.values)} />
      </DialogForm>
    </SecretDialog>
  );
}

const REPLACING = {
  title: "Replace this key",
  text: "Creates a key with the same permissions and customers. The old key works until you revoke it. A new service key is yours.",
};

/** An inference key defaults to the customer's first person. */
const findOwner = ({ ownerId }: KeyDraft, people: readonly KeyOwner[] | undefined) =>
  people?.find(({ id }) => id === ownerId) ?? people?.[0];
