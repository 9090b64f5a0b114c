/**
 * Something on this machine or in its settings keeps a command from starting. The message is one clear sentence for
 * the person who typed the command: it is printed alone, without a stack, and the command ends with exit code 1.
 */
export class SetupProblem extends Error {
  override name = "SetupProblem";
}
