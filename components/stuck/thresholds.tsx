"use client";

import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { ThresholdModel } from "./threshold-model";

const ThresholdDialog = lazyDialog(() =>
  import("./threshold-dialog").then((module) => module.ThresholdDialog),
);

type Props = {
  models: readonly ThresholdModel[];
  /** The slug of the preselected model. */
  proposed: string;
  disabledReason: string | undefined;
};

/** Opens the thresholds, or says why it can't; phones have no room for the latter. */
export function Thresholds({ models, proposed, disabledReason }: Props) {
  const dialog = useDialog();
  return (
    <div className={cx("flex items-center gap-x-3", disabledReason && "max-sm:hidden")}>
      {disabledReason && (
        <p id="threshold-disabled-reason" className="text-ink-muted text-sm">
          {disabledReason}
        </p>
      )}
      <Button
        {...dialog.opener}
        size="sm"
        aria-disabled={disabledReason !== undefined || models.length === 0}
        aria-describedby={disabledReason ? "threshold-disabled-reason" : undefined}
      >
        Stuck threshold…
      </Button>
      <ThresholdDialog {...dialog.props} {...{ models, proposed }} />
    </div>
  );
}
