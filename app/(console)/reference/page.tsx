import type { Metadata } from "next";
import { ReferenceIndex } from "@/components/reference/reference-index";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { searchOperations } from "@/lib/contract/reference/read-document";
import { readReference } from "@/lib/platform/http/reference";
import { referencePage } from "./reference-page";

export const metadata: Metadata = { title: "API reference" };

export default referencePage(
  ({ q }) => paths.reference("", { q }),
  ({ search }) => {
    const text = (readParam(search, "q") ?? "").slice(0, 200).trim();
    return <ReferenceIndex groups={searchOperations(readReference().groups, text)} search={text} />;
  },
);
