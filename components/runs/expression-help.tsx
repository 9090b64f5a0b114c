"use client";

import { CircleQuestionMark } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { latePart } from "@/components/ui/late-part";
import { Popup } from "@/components/ui/popup";

/** Lazy-loaded: people who know the language never open it. */
const ExpressionGuide = latePart(() => import("./expression-guide").then((module) => module.ExpressionGuide));

type Props = { onTry: (example: string) => void };

/** Help with the expression language. Pressing an example puts it into the box. */
export function ExpressionHelp({ onTry }: Props) {
  return (
    <Popup
      label="Expressions"
      width={336}
      buttonClassName={buttonStyle("ghost", "sm", "w-7")}
      button={
        <>
          <CircleQuestionMark aria-hidden className="size-4" />
          <span className="sr-only">Help with expressions</span>
        </>
      }
    >
      <ExpressionGuide onTry={onTry} />
    </Popup>
  );
}
