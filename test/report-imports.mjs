// Preloaded by a process under test: reports the OpenTelemetry packages that it loads. Next loads the API's
// package where it exists.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    if (/^@opentelemetry\/(?!api$)/.test(specifier)) process.stderr.write(`loads ${specifier}\n`);
    return next(specifier, context);
  },
});
