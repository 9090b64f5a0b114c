"use client";

import { latePart } from "@/components/ui/late-part";
import { Skeleton } from "@/components/ui/skeleton";
import { JSON_TEXT } from "./sample";

const JsonPanel = latePart(
  () => import("@/components/ui/json-panel").then((module) => module.JsonPanel),
  <Skeleton className="h-96" />,
);

/** A small part of the page, loaded late so that the page doesn't wait for it. */
export const LateJson = () => (
  <JsonPanel id="gallery-json" title="Sample payload" text={JSON_TEXT} none="The sample has no payload." />
);

export const LateFilters = latePart(
  () => import("./filters").then((module) => module.Filters),
  <Skeleton className="h-48" />,
);
