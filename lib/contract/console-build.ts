/**
 * The console build that a process serves, on each API response, so that a page from another build notices.
 */
export const CONSOLE_BUILD_HEADER = "Runflow-Console-Build";

/** The `<meta>` with the build that rendered the page. */
export const CONSOLE_BUILD_META = "console-build";

/** The environment variable with the served build's name; unset in development. */
export const CONSOLE_BUILD_VARIABLE = "CONSOLE_BUILD";
