export type Statement = {
  /** The parser's name, such as DropStmt, with its content. */
  kind: string;
  node: Record<string, unknown>;
  firstLine: number;
  lastLine: number;
  /** The comments between it and the statement before. */
  before: string;
};

export type Unsafe = { line: number; rule: string; message: string };
