type Fit = { frame: string; head: string };

/** globals.css lists a class for each step, in CSS pixels. */
const STEP = 40;

/** A frame that scrolls sideways breaks the sticky header, so it scrolls only on screens that need it. */
const FITS: readonly [number, Fit][] = [
  [760, { frame: "", head: "md:sticky md:top-(--top-bar) md:z-15" }],
  [1020, { frame: "md:max-lg:overflow-x-auto", head: "lg:sticky lg:top-(--top-bar) lg:z-15" }],
  [1070, { frame: "md:max-xl:overflow-x-auto", head: "xl:sticky xl:top-(--top-bar) xl:z-15" }],
  [1320, { frame: "md:max-2xl:overflow-x-auto", head: "2xl:sticky 2xl:top-(--top-bar) 2xl:z-15" }],
];

/** @param minWidth of the table in CSS pixels; the navigation takes 208 px of a wide screen */
export function fitTable(minWidth: number): Fit & { table: string } {
  const least = Math.ceil(minWidth / STEP) * STEP;
  const fit = FITS.find(([width]) => least <= width)?.[1] ?? { frame: "md:overflow-x-auto", head: "" };
  return { ...fit, table: least > 0 ? `md:min-w-[${least}px]` : "" };
}
