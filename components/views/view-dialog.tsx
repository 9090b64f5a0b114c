"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useApiForm } from "@/lib/client/use-api-form";
import { useChange } from "@/lib/client/use-change";
import {
  createView,
  deleteView,
  type SavedView,
  updateView,
  viewPath,
  viewsOptions,
} from "@/lib/client/views";
import { CreateViewBody, UpdateViewBody, VIEW_NAME_MAX, type ViewScope } from "@/lib/contract/views";
import { ViewDeletion } from "./view-deletion";
import { ViewScopeChoice } from "./view-scope-choice";

type Props = DialogProps & {
  /** The view to change, if any. */
  view?: SavedView;
  /** The URL of the list on screen. */
  here: string;
};

type Draft = { name: string; scope: ViewScope; isReplacing: boolean };

/** Saves the list on screen, or renames, shares, overwrites or deletes a view. */
export function ViewDialog({ view, here, ...dialog }: Props) {
  const queryClient = useQueryClient();
  const query = here.split("?")[1] ?? "";
  const done = () => {
    void queryClient.invalidateQueries({ queryKey: viewsOptions().queryKey });
    form.reset(view ? { ...form.values, isReplacing: false } : undefined);
    dialog.onClose();
  };
  const start: Draft = { name: view?.name ?? "", scope: view?.scope ?? "own", isReplacing: false };
  const form = useApiForm({
    start,
    schema: view ? UpdateViewBody : CreateViewBody,
    toBody: ({ name, scope, isReplacing }) => ({ name, scope, ...((isReplacing || !view) && { query }) }),
    missing: ({ name }) => ({ name: !name.trim() && "Enter a name." }),
    send: (body) => (view ? updateView(view.id, body) : createView(body as CreateViewBody)),
    onDone: done,
  });
  const remove = useChange(() => deleteView(view!.id), done);
  const { values, set, register, props } = form;
  const isBusy = props.isBusy || remove.isPending;
  return (
    <FormDialog
      {...dialog}
      {...props}
      title={view ? "Edit view" : "Save this list as a view"}
      submit={view ? "Save changes" : "Save view"}
      submitting="Saving…"
      isBusy={isBusy}
      failure={props.failure ?? remove.error}
      width="w-[26rem]"
    >
      <TextField label="Name" {...register("name")} maxLength={VIEW_NAME_MAX} autoComplete="off" />
      <ViewScopeChoice scope={values.scope} onChange={(scope) => set("scope", scope)} />
      {view && viewPath(view) !== here && (
        <label className="flex items-start gap-2.5">
          <input
            type="checkbox"
            checked={values.isReplacing}
            onChange={(event) => set("isReplacing", event.target.checked)}
            className="mt-0.5 size-4 shrink-0"
          />
          <span>Update view with current filters and columns</span>
        </label>
      )}
      {view && <ViewDeletion name={view.name} isBusy={isBusy} onDelete={() => remove.mutate(undefined)} />}
    </FormDialog>
  );
}
