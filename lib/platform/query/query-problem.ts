import { Refusal } from "@/lib/platform/errors";

/** An invalid expression of the `q` language. The API responds with 422; a page can show the position. */
export class QueryProblem extends Refusal {
  /**
   * @param sentence without a period, because the position follows
   * @param at the position in UTF-16 units, from 0; people see it counted from 1
   * @param hint how to fix it, as a separate sentence
   */
  constructor(
    sentence: string,
    readonly at: number,
    hint?: string,
  ) {
    const msg = `${sentence}, at position ${at + 1}.${hint ? ` ${hint}` : ""}`;
    super("VALIDATION_ERROR", { errors: [{ type: "query_syntax", loc: ["query", "q"], msg }] });
  }

  get sentence(): string {
    return this.options.errors?.[0]?.msg ?? this.message;
  }
}
