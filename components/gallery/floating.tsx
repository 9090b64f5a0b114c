"use client";

import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useDialog } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Popup } from "@/components/ui/popup";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { Row, Section } from "./section";

export function Floating() {
  const [form, question, danger] = [useDialog(), useDialog(), useDialog()];
  return (
    <Section
      id="floating"
      title="Popups and dialogs"
      about="Small choices open next to their button, dialogs in the middle. Escape closes both and returns the focus. The focus never starts on a red button."
    >
      <Row>
        <Popup label="Sample menu" width={232} buttonClassName={buttonStyle()} button="Menu">
          {["Keyboard shortcuts", "Sign out"].map((name) => (
            <button key={name} type="button" className={MENU_ITEM}>
              {name}
            </button>
          ))}
        </Popup>
        <Button {...form.opener}>Form</Button>
        <Button {...question.opener}>Question</Button>
        <Button {...danger.opener}>Dangerous question</Button>
      </Row>
      <FormDialog
        {...form.props}
        title="Edit webhook"
        text="The page behind a dialog is inert until it closes. The dialog’s buttons stay in view."
        submit="Save changes"
        isBusy={false}
        failure={null}
        onSubmit={form.close}
      >
        <TextField label="Description" error="Use at most 200 characters." />
      </FormDialog>
      <ConfirmDialog
        {...question.props}
        title="Sign with this secret?"
        confirm="Promote secret"
        keep="Not yet"
        isBusy={false}
        failure={null}
        onConfirm={question.close}
      >
        <p>From now on, deliveries are signed with it.</p>
      </ConfirmDialog>
      <ConfirmDialog
        {...danger.props}
        title="Delete this webhook?"
        confirm="Delete webhook"
        keep="Keep webhook"
        isDangerous
        isBusy={false}
        failure={null}
        onConfirm={danger.close}
      >
        <p>New events won’t be sent to it. Its past deliveries stay readable.</p>
      </ConfirmDialog>
    </Section>
  );
}
