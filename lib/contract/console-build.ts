/** The build of the console that a process serves, on each answer of the API: a page from another build says so. */
export const CONSOLE_BUILD_HEADER = "Runflow-Console-Build";

/** The name of the page's own `<meta>` that holds the build it was rendered by. */
export const CONSOLE_BUILD_META = "console-build";

/** Where a process keeps the name of the build that it serves; unset in development. */
export const CONSOLE_BUILD_VARIABLE = "CONSOLE_BUILD";
