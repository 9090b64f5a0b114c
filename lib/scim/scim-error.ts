/** An error in the form of RFC 7644, 3.12. */
export class ScimError extends Error {
  override name = "ScimError";

  constructor(
    readonly status: 400 | 401 | 404 | 405 | 409 | 429,
    detail: string,
    readonly scimType?: "invalidFilter" | "invalidSyntax" | "invalidValue" | "uniqueness",
  ) {
    super(detail);
  }
}
