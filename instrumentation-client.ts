type Factory = { createPolicy(name: string, rules: Record<string, (text: string) => string | null>): void };

/**
 * The page's only Trusted Types policy (decision 058). Next runs this file before it loads anything, also on
 * its error pages, which lack our layout. Next loads chunks by URL, and React makes script elements from this
 * HTML. Any other HTML becomes the same script, which never runs; throwing would stop React.
 */
(window as { trustedTypes?: Factory }).trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (/^\/_next\/static\/chunks\/[\w.~-]+$/.test(url) ? url : null),
  createHTML: () => "<script></script>",
});

// Otherwise Zod tries whether it may evaluate strings.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
