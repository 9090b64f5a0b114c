"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { RequestFailure } from "@/components/shell/request-failure";
import { ApiError } from "@/lib/client/api-error";
import { useChange } from "@/lib/client/use-change";
import {
  createView,
  deleteView,
  type SavedView,
  updateView,
  viewPath,
  viewsOptions,
} from "@/lib/client/views";
import { ViewDeletion } from "./view-deletion";
import { ViewScopeChoice } from "./view-scope-choice";

type Props = {
  /** The view to change; none to make one. */
  view?: SavedView;
  /** The address of the list on screen. */
  here: string;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Saves the list on screen, or renames, shares, overwrites or deletes a view. */
export function ViewDialog({ view, here, isOpen, button, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const [name, setName] = useState(view?.name ?? "");
  const [scope, setScope] = useState(view?.scope ?? "own");
  const [isReplacing, setReplacing] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const done = () => {
    void queryClient.invalidateQueries({ queryKey: viewsOptions().queryKey });
    setAsked(false);
    setReplacing(false);
    if (!view) setName("");
    onClose();
  };
  const query = here.split("?")[1] ?? "";
  const save = useChange(
    () =>
      view
        ? updateView(view.id, { name, scope, ...(isReplacing && { query }) })
        : createView({ name, scope, query }),
    done,
  );
  const remove = useChange(() => deleteView(view!.id), done);
  const isBusy = save.isPending || remove.isPending;
  const { nameError, failure } = findProblems(name, isAsked, save.error ?? remove.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!name.trim()) field.current?.focus();
    else if (!isBusy) save.mutate(undefined);
  };

  return (
    <Dialog
      labelledBy="view-title"
      isOpen={isOpen}
      isBusy={isBusy}
      onClose={onClose}
      initialFocus={field}
      finalFocus={button}
      className="w-[26rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <h2 id="view-title" className="text-lg font-semibold">
            {view ? "Edit view" : "Save this list as a view"}
          </h2>
          <Field id="view-name" label="Name" error={nameError}>
            <Input
              ref={field}
              id="view-name"
              value={name}
              error={nameError}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                save.reset();
              }}
            />
          </Field>
          <ViewScopeChoice scope={scope} onChange={setScope} />
          {view && viewPath(view) !== here && (
            <label className="flex items-start gap-2.5">
              <input
                type="checkbox"
                checked={isReplacing}
                onChange={(event) => setReplacing(event.target.checked)}
                className="mt-0.5 size-4 shrink-0"
              />
              <span>Replace its filters, order and columns by those on screen</span>
            </label>
          )}
          {view && (
            <ViewDeletion name={view.name} isBusy={isBusy} onDelete={() => remove.mutate(undefined)} />
          )}
          {failure && !isBusy && <RequestFailure error={failure} />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <LeaveButton>Close</LeaveButton>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {view ? "Save changes" : "Save view"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is wrong with the name stands at the name; everything else below. */
function findProblems(name: string, isAsked: boolean, error: Error | null) {
  if (isAsked && !name.trim()) return { nameError: "Enter a name." };
  const item = error instanceof ApiError ? error.errors?.[0] : undefined;
  const isAboutName = item?.loc.includes("name") || item?.type === "view_name_taken";
  if (isAboutName) return { nameError: item!.msg };
  if (error instanceof ApiError && item) {
    const { status, code, errors, requestId } = error;
    return { failure: new ApiError(status, code, item.msg, errors, requestId) };
  }
  return { failure: error };
}
