"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import type { KeyCreator, Org } from "./key-creator";

/** Loaded when it is opened: most people come to look. */
const NewKeyDialog = latePart(() => import("./new-key-dialog").then((module) => module.NewKeyDialog));

type Props = { creator: KeyCreator; orgs: readonly Org[]; /** A slug, or empty. */ chosenOrg: string };
type NewKeyProps = Props & { mayManage: boolean };

/** The way to a new key, and then to its page. */
export function NewKey({ mayManage, ...props }: NewKeyProps) {
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  if (!mayManage) return <NoNewKey />;
  return (
    <>
      <Button
        ref={button}
        variant="primary"
        onClick={() => {
          setLoaded(true);
          setOpen(true);
        }}
      >
        New key
      </Button>
      {isLoaded && (
        <NewKeyDialog
          {...props}
          isOpen={isOpen}
          button={button}
          onClose={() => setOpen(false)}
          onKept={({ id }) => router.push(paths.key(id))}
        />
      )}
    </>
  );
}

function NoNewKey() {
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <Button variant="primary" aria-disabled aria-describedby="new-key-disabled-reason">
        New key
      </Button>
      <p id="new-key-disabled-reason" className="text-ink-muted text-sm sm:text-right">
        {explainMissing("making keys", "keys.manage")}
      </p>
    </div>
  );
}
