"use client";

import { inputStyle } from "@/components/ui/field";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { COLUMN_NAMES, RUN_COLUMNS } from "@/lib/client/run-columns";
import { DEFAULT_DISPLAY, DENSITIES, type Density, type RunDisplay } from "@/lib/client/run-filters";
import { describeSort, readSort, SORTS } from "@/lib/client/run-order";

type Props = { display: RunDisplay; onChange: (change: Partial<RunDisplay>) => void };

const DENSITY_NAMES: Record<Density, string> = { comfortable: "Comfortable", compact: "Compact" };
const LEGEND = "text-ink-muted px-2 py-1 text-sm";

export function DisplayChoices({ display, onChange }: Props) {
  const { sort, columns, density } = display;
  const isOn = (column: string) => columns.some((shown) => shown === column);
  return (
    <div className="grid gap-1">
      <label className="grid gap-1 px-2 pt-1">
        <span className="text-ink-muted text-sm">Order</span>
        <select
          value={sort}
          onChange={(event) => onChange({ sort: readSort(event.target.value) })}
          className={inputStyle("h-8")}
        >
          {SORTS.map((known) => (
            <option key={known} value={known}>
              {describeSort(known)}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend className={LEGEND}>Rows</legend>
        {DENSITIES.map((known) => (
          <label key={known} className={MENU_ITEM}>
            <input
              type="radio"
              name="density"
              checked={density === known}
              onChange={() => onChange({ density: known })}
              className="size-3.5 focus-visible:outline-offset-1"
            />
            {DENSITY_NAMES[known]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend className={LEGEND}>Columns</legend>
        {RUN_COLUMNS.map((column) => (
          <label key={column} className={MENU_ITEM}>
            <input
              type="checkbox"
              checked={isOn(column)}
              onChange={({ target }) =>
                onChange({
                  columns: RUN_COLUMNS.filter((other) => (other === column ? target.checked : isOn(other))),
                })
              }
              className="size-3.5 focus-visible:outline-offset-1"
            />
            {COLUMN_NAMES[column]}
          </label>
        ))}
      </fieldset>
      <button type="button" className={`${MENU_ITEM} border-t`} onClick={() => onChange(DEFAULT_DISPLAY)}>
        Reset to default
      </button>
    </div>
  );
}
