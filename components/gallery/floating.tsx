"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Popup } from "@/components/ui/popup";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { Row, Section } from "./section";

type Open = "dialog" | "question" | "danger" | undefined;

export function Floating() {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Section
      id="floating"
      title="Popups and dialogs"
      about="Small choices open beside their button, questions in the middle. Escape closes both and the focus goes back; a question’s focus never starts on the red button."
    >
      <Row>
        <Popup label="Sample menu" width={232} buttonClassName={buttonStyle()} button="Menu">
          {["Keyboard shortcuts", "Sign out"].map((name) => (
            <button key={name} type="button" className={MENU_ITEM}>
              {name}
            </button>
          ))}
        </Popup>
        <Button ref={button} onClick={() => setOpen("dialog")}>
          Dialog
        </Button>
        <Button onClick={() => setOpen("question")}>Question</Button>
        <Button onClick={() => setOpen("danger")}>Dangerous question</Button>
      </Row>
      <Dialog
        labelledBy="gallery-dialog"
        isOpen={open === "dialog"}
        onClose={close}
        finalFocus={button}
        className="w-[28rem]"
      >
        <div className="grid gap-3 px-5 py-4">
          <h2 id="gallery-dialog" className="text-lg font-semibold">
            A dialog
          </h2>
          <p className="text-ink-muted">The page behind it is out of reach until it is closed.</p>
        </div>
        <div className="flex justify-end border-t px-5 py-3">
          <Button onClick={close}>Close</Button>
        </div>
      </Dialog>
      <ConfirmDialog
        id="gallery-question"
        title="Sign with this secret?"
        confirm="Promote secret"
        keep="Not yet"
        isOpen={open === "question"}
        isBusy={false}
        failure={null}
        onConfirm={close}
        onClose={close}
      >
        <p>From now on, what is sent is signed with it.</p>
      </ConfirmDialog>
      <ConfirmDialog
        id="gallery-danger"
        title="Delete this webhook?"
        confirm="Delete webhook"
        keep="Keep webhook"
        isDangerous
        isOpen={open === "danger"}
        isBusy={false}
        failure={null}
        onConfirm={close}
        onClose={close}
      >
        <p>Nothing is sent to it any more. What was sent stays in the history.</p>
      </ConfirmDialog>
    </Section>
  );
}
