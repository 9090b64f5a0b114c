/** Name of the `<meta>` with the kinds of the signed-in person's second factors, separated by spaces. */
export const SECOND_FACTORS_META = "runflow-second-factors";
