import { Ajv2020 } from "ajv/dist/2020.js";

type Document = { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };

/**
 * Checks responses against the OpenAPI document.
 * @returns a check that names how a response departs from it, or undefined
 */
export function documentedBy(document: unknown) {
  const { paths } = document as Document;
  // Formats are not validated: the schemas of ids and times have patterns.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document as object, "api");
  // A path without parameters matches before a template that also fits it.
  const templates = Object.keys(paths).sort((left, right) => holes(left) - holes(right));

  return (method: string, path: string, status: number, body: unknown): string | undefined => {
    const template = templates.find((candidate) => fits(candidate, path));
    const operation = template && paths[template]?.[method.toLowerCase()];
    if (!operation) return [404, 405].includes(status) ? undefined : `${method} ${path} is not documented`;
    const where = `${method} ${template} ${status}`;
    if (!operation.responses[status]) return `${where} is not documented`;
    const pointer = [
      "paths",
      template,
      method.toLowerCase(),
      "responses",
      String(status),
      "content",
      "application/json",
      "schema",
    ];
    const validate = ajv.getSchema(`api#/${pointer.map(escape).join("/")}`);
    if (!validate) return `${where} has no schema`;
    return validate(body) ? undefined : `${where}: ${ajv.errorsText(validate.errors)}`;
  };
}

const holes = (template: string): number => template.split("{").length;
const escape = (part: string): string => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

/** A model's slug may have several segments. */
function fits(template: string, path: string): boolean {
  const pattern = template
    .replaceAll(".", "\\.")
    .replaceAll(/\{(\w+)\}/g, (_hole, name) => (name === "slug" ? ".+" : "[^/]+"));
  return new RegExp(`^${pattern}$`).test(path);
}
