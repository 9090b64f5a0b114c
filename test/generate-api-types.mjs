// Writes the TypeScript types of an OpenAPI document: node test/generate-api-types.mjs DOCUMENT OUTPUT
//
// openapi-typescript builds them with TypeScript's own API, which TypeScript 7 no longer has. TypeScript 6
// does, under another name.
import { readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    const isGenerator = context.parentURL?.includes("/node_modules/openapi-typescript/");
    return next(isGenerator && specifier === "typescript" ? "@typescript/typescript6" : specifier, context);
  },
});

const { default: openapiTS, astToString } = await import("openapi-typescript");
const [source, output] = process.argv.slice(2);
writeFileSync(output, astToString(await openapiTS(JSON.parse(readFileSync(source, "utf8")))));
