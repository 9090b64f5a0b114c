"use client";

import { useState } from "react";
import { RunTable } from "@/components/runs/run-table";
import { RunTableSkeleton } from "@/components/runs/run-table-skeleton";
import { Pagination } from "@/components/ui/pagination";
import { DENSITIES, DEFAULT_DISPLAY } from "@/lib/client/run-filters";
import { ORG_NAMES, RUNS } from "./sample";
import { Section, Specimen } from "./section";

const PROFILES = { [RUNS[0]!.model]: { p50Ms: 8_000, p95Ms: 60_000 } };

export function Tables() {
  const [sort, setSort] = useState(DEFAULT_DISPLAY.sort);
  return (
    <Section
      id="tables"
      title="Tables"
      about="Rows of 36 px, or 28 px when compact; three-line cards on narrow screens. Numbers are right-aligned, with tabular digits. The focused row has a ring: j and k move it."
    >
      {DENSITIES.map((density) => (
        <Specimen key={density} name={density}>
          <div className="bg-surface overflow-clip rounded-lg border">
            <RunTable
              rows={RUNS}
              directory={{ orgNames: ORG_NAMES, profiles: PROFILES }}
              display={{ ...DEFAULT_DISPLAY, sort, density }}
              onSort={setSort}
            />
          </div>
        </Specimen>
      ))}
      <Specimen name="Loading">
        <div className="bg-surface max-h-40 overflow-clip rounded-lg border">
          <RunTableSkeleton />
        </div>
      </Specimen>
      <Specimen name="Pages">
        <Pagination
          label="Pages of the sample"
          summary="50 runs on this page"
          first={null}
          previous={null}
          next="#tables"
        />
      </Specimen>
    </Section>
  );
}
