"use client";

import { Check, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button-style";
import { CopyButton } from "@/components/ui/copy-button";
import { Kbd } from "@/components/ui/kbd";
import { Row, Section, Specimen } from "./section";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "Set threshold",
  secondary: "Copy summary",
  ghost: "Pause updates",
  danger: "Cancel run",
  "danger-quiet": "Cancel run",
  "accent-quiet": "Show 12 new runs",
};

export function Buttons() {
  return (
    <Section
      id="buttons"
      title="Buttons"
      about="One primary button for each decision. Red only for irreversible actions. A disabled button says why, and keeps its place and focus."
    >
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {Object.entries(VARIANTS).map(([variant, words]) => (
          <Specimen key={variant} name={variant}>
            <Row>
              <Button variant={variant as ButtonVariant}>{words}</Button>
              <Button variant={variant as ButtonVariant} size="sm">
                Small
              </Button>
              <Button variant={variant as ButtonVariant} isBusy>
                Busy…
              </Button>
              <Button variant={variant as ButtonVariant} aria-disabled>
                Disabled
              </Button>
            </Row>
          </Specimen>
        ))}
        <Specimen name="Disabled, with the reason">
          <div className="grid justify-items-start gap-1.5">
            <Button variant="danger-quiet" aria-disabled aria-describedby="gallery-disabled-reason">
              Cancel run
            </Button>
            <p id="gallery-disabled-reason" className="text-ink-muted text-sm">
              Your role can view runs, but not cancel them.
            </p>
          </div>
        </Specimen>
        <Specimen name="With an icon, with a key">
          <Row>
            <Button>
              <Plus aria-hidden className="size-3.5" />
              New webhook
            </Button>
            <Button>
              <Check aria-hidden className="size-3.5" />
              Copied
            </Button>
            <Button>
              Cancel run <Kbd>c</Kbd>
            </Button>
          </Row>
        </Specimen>
        <Specimen name="Copy, and keys">
          <Row>
            <CopyButton text="0196f1a0-0000-7000-8000-00000000abcd" what="sample ID" />
            <Kbd>/</Kbd>
            <Kbd>Ctrl K</Kbd>
            <Kbd>Enter</Kbd>
          </Row>
        </Specimen>
      </div>
    </Section>
  );
}
