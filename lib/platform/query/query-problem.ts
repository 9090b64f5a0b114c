import { Refusal } from "@/lib/platform/errors";

/** An expression of the `q` language that can't be understood. It answers 422 by itself; a page may show the place. */
export class QueryProblem extends Refusal {
  /**
   * @param sentence without a full stop: the position is put after it
   * @param at where in the expression, counted from 0 in UTF-16 units; people read it counted from 1
   */
  constructor(
    sentence: string,
    readonly at: number,
  ) {
    const msg = `${sentence}, at position ${at + 1}.`;
    super("VALIDATION_ERROR", { errors: [{ type: "query_syntax", loc: ["query", "q"], msg }] });
  }

  get sentence(): string {
    return this.options.errors?.[0]?.msg ?? this.message;
  }
}
