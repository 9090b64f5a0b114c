/**
 * Response header with the console build that a process serves, so that a page from another build notices.
 */
export const CONSOLE_BUILD_HEADER = "Runflow-Console-Build";

/** Name of the `<meta>` with the build that rendered the page. */
export const CONSOLE_BUILD_META = "console-build";

/** Environment variable with the name of the served build; unset in development. */
export const CONSOLE_BUILD_VARIABLE = "CONSOLE_BUILD";
