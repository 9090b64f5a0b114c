"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { rotateKey } from "@/lib/client/keys";
import { useApiForm } from "@/lib/client/use-api-form";
import { type ApiKey, RotationBody } from "@/lib/contract/keys";
import { showLink } from "./show-link";
import { ROTATION_OVERLAPS, type RotationOverlap } from "@/lib/states/key";

const OVERLAP_WORDS: Record<RotationOverlap, string> = {
  now: "Not at all: it stops now",
  "1h": "For an hour",
  "24h": "For a day",
  "7d": "For a week",
};

type Props = DialogProps & {
  of: ApiKey;
  /** The person confirmed that they have the key, or lost it. */
  onKept: (key: { id: string }) => void;
};

/** Makes a key like this one, shows it once, and ends this one after an overlap. */
export function RotateKeyDialog({ of: key, onKept, ...dialog }: Props) {
  const form = useApiForm({
    start: { overlap: "24h" as RotationOverlap },
    schema: RotationBody,
    missing: () => ({}),
    send: (body) => rotateKey(key.id, body),
  });
  return (
    <SecretDialog
      {...dialog}
      what="key"
      making={form.change}
      shown={(made) =>
        made.link === null
          ? {
              title: "Your new key",
              text: (
                <p>
                  <StoredText className="text-ink">{made.name}</StoredText> is shown only once. Store it where
                  it will be used before closing.
                </p>
              ),
              value: made.key ?? "",
            }
          : showLink(made)
      }
      kept="I’ve saved the key"
      lost="revoke it on its page and create another one."
      onEnd={(made) => {
        form.reset();
        onKept(made);
      }}
    >
      <DialogForm
        {...form.props}
        title="Rotate this key?"
        text="Creates a key with the same owner, permissions and customers. This can’t be undone."
        submit="Rotate key"
        submitting="Rotating…"
        isHarmless
      >
        <fieldset>
          <legend className="font-medium">The old key keeps working</legend>
          <div className="mt-1 grid gap-0.5">
            {ROTATION_OVERLAPS.map((overlap) => (
              <label key={overlap} className="hover:bg-hover flex items-center gap-2.5 rounded px-1.5 py-1">
                <input
                  type="radio"
                  name="overlap"
                  checked={form.values.overlap === overlap}
                  onChange={() => form.set("overlap", overlap)}
                  className="size-3.5 shrink-0"
                />
                {OVERLAP_WORDS[overlap]}
              </label>
            ))}
          </div>
        </fieldset>
      </DialogForm>
    </SecretDialog>
  );
}
