import { nextDay, parseMoment } from "@/lib/contract/moment";
import { type Field, FIELD_NAMES, FIELDS, isField, isOrdered, METADATA } from "@/lib/states/run-fields";
import { findInvisible } from "./describe-character";
import type { Filter, Op } from "./filter";
import { limitMetadata } from "./limit-metadata";
import { type Operator, parseSyntax, type Piece, type Syntax, type Value } from "./parse-syntax";
import { QueryProblem } from "./query-problem";
import { suggestField } from "./suggest-field";
import { checkText, isNumber, readValue, shorten } from "./read-value";

/**
 * Parses an expression such as `status_code:running AND created_at>2026-04-01`.
 * @returns undefined for an empty expression, which matches everything
 * @throws QueryProblem (VALIDATION_ERROR at `q`, with the position)
 */
export function parseQuery(text: string): Filter | undefined {
  if (text.trim() === "") return undefined;
  const syntax = parseSyntax(text);
  limitMetadata(syntax);
  return checkSyntax(syntax);
}

/** @throws QueryProblem for an unknown field or a value of the wrong type */
export function checkSyntax(syntax: Syntax): Filter {
  if (syntax.kind === "not") return { kind: "not", item: checkSyntax(syntax.item) };
  if (syntax.kind !== "compare") return { kind: syntax.kind, items: syntax.items.map(checkSyntax) };
  const { path, operator, value } = syntax;
  checkText(value);
  checkSeen(value);
  const [field, ...rest] = path;
  if (field.text === METADATA) return checkMetadata(field, rest, operator, value);
  if (!isField(field.text)) {
    const meant = suggestField(field.text);
    const known = [...FIELD_NAMES, `${METADATA}.<key>`].join(", ");
    const hint = meant ? `Did you mean ${meant}?` : `Fields: ${known}.`;
    throw new QueryProblem(`Unknown field “${shorten(field.text)}”`, field.at, hint);
  }
  if (rest.length > 1) throw new QueryProblem(`${field.text} has no subfields`, rest[0]!.at);
  const { op, isNegated } = readOperator(operator, rest[0], value);
  return negateIf(isNegated, compare(field.text, op, value));
}

function compare(field: Field, op: Op, value: Value): Filter {
  if (op !== "eq" && !isOrdered(field)) {
    throw new QueryProblem(`${field} supports only : and ne, not < or >`, value.at);
  }
  if (isNull(op, value)) return { kind: "absent", field };
  const canonical = readValue(field, value);
  if (op !== "eq" || FIELDS[field].type !== "time" || !parseMoment(value.text)?.isDay) {
    return { kind: "compare", field, op, value: canonical };
  }
  const from: Filter = { kind: "compare", field, op: "gte", value: canonical };
  const next = nextDay(canonical);
  // No day follows the last valid one.
  if (next.startsWith("+")) return from;
  return { kind: "and", items: [from, { kind: "compare", field, op: "lt", value: next }] };
}

function checkMetadata(field: Piece, rest: Piece[], operator: Operator, value: Value): Filter {
  const [key, named, more] = rest;
  if (!key) throw new QueryProblem("metadata needs a key, as in metadata.tenant", field.at);
  if (more)
    throw new QueryProblem(
      "metadata takes one key, without subfields; quote a key that contains dots",
      more.at,
    );
  checkText(key);
  const { op, isNegated } = readOperator(operator, named, value);
  if (isNull(op, value)) return negateIf(isNegated, { kind: "metadata_absent", key: key.text });
  const comparison: Filter = {
    kind: "metadata",
    key: key.text,
    op,
    value: value.text,
    isNumber: isNumber(value),
  };
  return negateIf(isNegated, comparison);
}

/** Only as a bare word; a quoted 'null' is text. */
const isNull = (op: Op, { text, isQuoted }: Value): boolean =>
  op === "eq" && !isQuoted && text.toLowerCase() === "null";

/** An invisible character changes a text without people seeing it; in quotation marks it is intended. */
function checkSeen({ text, isQuoted, at }: Value): void {
  const found = isQuoted ? undefined : findInvisible(text);
  if (!found) return;
  throw new QueryProblem(
    `The expression contains an invisible character, ${found.name}; remove it, or quote the value`,
    at + found.at,
  );
}

const negateIf = (isNegated: boolean, item: Filter): Filter => (isNegated ? { kind: "not", item } : item);

const SYMBOLS: Record<Operator, Op> = {
  ":": "eq",
  "=": "eq",
  ">": "gt",
  "<": "lt",
  ">=": "gte",
  "<=": "lte",
};
const NAMES = ["eq", "ne", "gt", "gte", "lt", "lte"] as const;

/** @param named the operator as a word, as in `model.eq:'runflow/smart-resize'` */
function readOperator(
  symbol: Operator,
  named: Piece | undefined,
  value: Value,
): { op: Op; isNegated: boolean } {
  if (!named) return { op: SYMBOLS[symbol], isNegated: false };
  const name = NAMES.find((known) => known === named.text);
  if (!name)
    throw new QueryProblem(`${JSON.stringify(named.text)} is not one of ${NAMES.join(", ")}`, named.at);
  if (symbol !== ":")
    throw new QueryProblem(`After .${name} use a colon, not ${symbol}`, value.at - symbol.length);
  return name === "ne" ? { op: "eq", isNegated: true } : { op: name, isNegated: false };
}
