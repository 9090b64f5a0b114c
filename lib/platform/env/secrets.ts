/**
 * The secrets in a variable, separated by commas: the first one signs and seals, all of them verify and open.
 * Nothing made before a rotation becomes invalid while both are listed.
 */
export const listSecrets = (variable: string): [string, ...string[]] =>
  variable.split(",") as [string, ...string[]];
