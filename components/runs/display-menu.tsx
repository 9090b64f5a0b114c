"use client";

import { SlidersHorizontal } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";
import type { RunDisplay } from "@/lib/client/run-filters";

/** Loaded on opening: the page doesn't need it before. */
const DisplayChoices = latePart(() => import("./display-choices").then((module) => module.DisplayChoices));

type Props = { display: RunDisplay; onChange: (change: Partial<RunDisplay>) => void };

/** Display options of the list: order, density and columns. */
export function DisplayMenu({ display, onChange }: Props) {
  return (
    <Popup
      label="Display"
      width={232}
      buttonClassName={buttonStyle("ghost", "sm")}
      button={
        <>
          <SlidersHorizontal aria-hidden className="size-3.5" />
          Display
        </>
      }
    >
      <DisplayChoices display={display} onChange={onChange} />
    </Popup>
  );
}
