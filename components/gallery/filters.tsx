"use client";

import { useState } from "react";
import { LiveControl } from "@/components/runs/live-control";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { FilterRow } from "@/components/ui/filter-row";
import { SearchBox } from "@/components/ui/search-box";
import { Section, Specimen } from "./section";

const OPTIONS = ["Queued", "Running", "Succeeded", "Failed"].map((label) => ({ value: label, label }));

export function Filters() {
  const [set, setSet] = useState<string[]>(["Failed"]);
  const [many, setMany] = useState<string[]>(["Queued", "Running", "Failed"]);
  const [none, setNone] = useState<string[]>([]);
  const [bar, setBar] = useState("Running");
  const [text, setText] = useState("sent twice");
  return (
    <Section
      id="filters"
      title="Filters"
      about="An active filter is a chip with its value; a dashed chip is inactive. The URL holds all filters."
    >
      <Specimen name="Not set, one value, several">
        <FilterRow>
          <FilterMenu label="Source" options={OPTIONS} selected={none} onChange={setNone} />
          <FilterMenu label="Outcome" options={OPTIONS} selected={set} onChange={setSet} isSingle />
          <FilterMenu label="Any of" options={OPTIONS} selected={many} onChange={setMany} />
        </FilterRow>
      </Specimen>
      <Specimen name="Filter bar: narrow screens hide inactive filters">
        <FilterBar
          isSet={bar !== ""}
          onClear={() => setBar("")}
          boxes={
            <SearchBox
              label="Sample reason"
              value=""
              error={undefined}
              className="flex-1"
              onSubmit={() => {}}
            />
          }
          isTyped={false}
        >
          <FilterMenu
            label="State"
            isSingle
            options={OPTIONS}
            selected={bar ? [bar] : []}
            onChange={([state = ""]) => setBar(state)}
          />
          <FilterMenu label="Origin" options={OPTIONS} selected={none} onChange={setNone} />
        </FilterBar>
      </Specimen>
      <Specimen name="Live updates">
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          {(["live", "paused", "failing", "stopped"] as const).map((state) => (
            <LiveControl key={state} state={state} onToggle={() => {}} />
          ))}
        </div>
      </Specimen>
      <div className="grid gap-4 sm:grid-cols-2">
        <Specimen name="Text">
          <SearchBox label="Sample text" value={text} error={undefined} className="" onSubmit={setText} />
        </Specimen>
        <Specimen name="Invalid text">
          <SearchBox
            label="Sample run ID"
            value="nonsense"
            error="Enter a run’s id: 36 characters with dashes."
            className=""
            onSubmit={setText}
          />
        </Specimen>
      </div>
    </Section>
  );
}
