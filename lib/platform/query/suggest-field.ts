import { type Field, FIELD_NAMES } from "@/lib/states/run-fields";

/** Other names that people use for fields. */
const SYNONYMS: Record<string, Field> = {
  customer: "org_id",
  organization: "org_id",
  org: "org_id",
  status: "status_code",
  state: "status_code",
  source: "source_code",
  key: "api_key_id",
  person: "created_by",
  user: "created_by",
  ref: "client_ref",
  request: "request_id",
  batch: "batch_id",
  run: "id",
  time: "created_at",
  created: "created_at",
  date: "created_at",
  ended: "completed_at",
  price: "cost",
};

/** Did you mean: the field that a name most likely refers to. */
export function suggestField(name: string): Field | undefined {
  const wanted = name.toLowerCase();
  if (Object.hasOwn(SYNONYMS, wanted)) return SYNONYMS[wanted];
  if (wanted.length < 3) return undefined;
  const bare = (text: string) => text.replaceAll("_", "");
  return (
    FIELD_NAMES.find((field) => bare(field) === bare(wanted)) ??
    FIELD_NAMES.find((field) => field.startsWith(wanted)) ??
    FIELD_NAMES.find((field) => isOneApart(bare(field), bare(wanted)))
  );
}

/** Whether two words differ by one letter: another, an extra, a missing, or two swapped. */
function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwap = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return isSwap || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
