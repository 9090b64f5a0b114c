/**
 * A fault of this machine or its settings that keeps a command from starting. Its message is one sentence for
 * the person at the terminal, printed without a stack; the exit code is 1.
 */
export class SetupProblem extends Error {
  override name = "SetupProblem";
}
