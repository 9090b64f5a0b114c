"use client";

import { useRef, useState } from "react";
import type { Org } from "@/components/reach/reach-choice";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";

/** Loaded when it is opened: most people come to read. */
const InviteDialog = latePart(() => import("./invite-dialog").then((module) => module.InviteDialog));

type Props = { orgs: readonly Org[]; mayReachAll: boolean };

/** The way to a new colleague. */
export function InvitePerson({ orgs, mayReachAll }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
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
        Invite person
      </Button>
      {isLoaded && <InviteDialog {...{ orgs, mayReachAll, isOpen, button }} onClose={() => setOpen(false)} />}
    </>
  );
}
