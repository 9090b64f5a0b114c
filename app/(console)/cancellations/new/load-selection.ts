import type { ExpressionError } from "@/components/runs/expression-box";
import { getKey } from "@/lib/keys/get-key";
import { listModels } from "@/lib/models/list-models";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { admitComparison } from "@/lib/payloads/admit-comparison";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { pageContext } from "@/lib/platform/http/page-context";
import type { Filter } from "@/lib/platform/query/filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { QueryProblem } from "@/lib/platform/query/query-problem";
import type { Caller } from "@/lib/states/caller";
import { findCustomersNamed } from "../../load-customers";
import { describeFilter, type Line, type Names, valuesOf } from "./describe-filter";

/** The runs that a draft selects, in words, or why its expression is faulty. */
export async function loadSelection(caller: Caller, q: string, org: string) {
  const [[customer], models] = await Promise.all([findCustomersNamed(caller, [org]), listModels(db())]);
  const known = { customer, models: models.map(({ slug }) => slug) };
  try {
    const filter = parseQuery(q);
    await admitComparison(db(), { caller, context: await pageContext(), q });
    const lines = filter ? describeFilter(filter, await findNames(caller, filter)) : [];
    const ofCustomer: Line[] = customer ? [{ name: "Customer", value: customer.name }] : [];
    return { ...known, lines: [...ofCustomer, ...lines], error: undefined };
  } catch (error) {
    return { ...known, lines: [], error: toExpressionError(error) };
  }
}

async function findNames(caller: Caller, filter: Filter): Promise<Names> {
  const mayReadKeys = caller.permissions.has("keys.read");
  const [orgs, keys] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: valuesOf(filter, "org_id") }),
    mayReadKeys ? Promise.all(valuesOf(filter, "api_key_id").map((id) => findKeyName(caller, id))) : [],
  ]);
  return Object.fromEntries([...orgs.map(({ id, name }) => [id, name] as const), ...keys.flat()]);
}

async function findKeyName({ reach }: Caller, id: string): Promise<[string, string][]> {
  try {
    return [[id, (await getKey(db(), reach, id)).name]];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function toExpressionError(error: unknown): ExpressionError {
  const [item] = (error instanceof Refusal && error.options.errors) || [];
  if (!item?.loc.includes("q")) throw error;
  return { sentence: item.msg, at: error instanceof QueryProblem ? error.at : undefined };
}
