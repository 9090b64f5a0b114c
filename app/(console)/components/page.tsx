import type { Metadata } from "next";
import { Buttons } from "@/components/gallery/buttons";
import { Charts } from "@/components/gallery/charts";
import { Facts } from "@/components/gallery/facts";
import { Fields } from "@/components/gallery/fields";
import { Floating } from "@/components/gallery/floating";
import { Headers } from "@/components/gallery/headers";
import { LateFilters } from "@/components/gallery/late";
import { Messages } from "@/components/gallery/messages";
import { Statuses } from "@/components/gallery/statuses";
import { Tables } from "@/components/gallery/tables";
import { Tokens } from "@/components/gallery/tokens";
import { PageHeader } from "@/components/ui/page-header";
import { paths } from "@/lib/client/paths";
import { consolePage } from "../console-page";

export const metadata: Metadata = { title: "Components" };

/** The component gallery: every component in every state, with made-up data. */
export default consolePage({ permission: null, path: paths.components }, () => {
  return (
    <>
      <PageHeader title="Components" />
      <Tokens />
      <Headers />
      <Buttons />
      <Fields />
      <LateFilters />
      <Statuses />
      <Tables />
      <Floating />
      <Messages />
      <Facts />
      <Charts />
    </>
  );
});
