import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BasicsDetails } from "@/components/reference/basics-details";
import { OperationDetails } from "@/components/reference/operation-details";
import { paths } from "@/lib/client/paths";
import { BASICS, readReference } from "@/lib/platform/http/reference";
import { referencePage } from "../reference-page";

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const { id } = await params;
  const title = id === BASICS ? "Basics" : readReference().operations.get(id)?.title;
  return { title: title ? `${title} · API reference` : "API reference" };
}

export default referencePage(
  ({ id }) => paths.reference(id),
  ({ id }) => {
    const { groups, operations, basics } = readReference();
    if (id === BASICS) return <BasicsDetails sections={basics} />;
    const operation = operations.get(id);
    const group = groups.find(({ title }) => title === operation?.group);
    if (!operation || !group) notFound();
    return <OperationDetails operation={operation} groupId={group.id} />;
  },
);
