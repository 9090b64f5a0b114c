import { createServer } from "node:net";
import { SetupProblem } from "@/lib/platform/setup-problem";

/** @throws SetupProblem when the port is invalid or can't be listened on */
export async function checkPort(text: string, host: string): Promise<number> {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new SetupProblem("PORT is not valid. Set a number from 1 to 65535.");
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  } catch (error) {
    throw explainListening(error, port, host);
  }
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Explains in one sentence why a server can't listen; returns any other error unchanged. */
export function explainListening(error: unknown, port: number, host: string, variable = "PORT"): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new SetupProblem(
      `Port ${port} is in use. Stop the process that uses it, or choose another port with ${variable}.`,
    );
  if (code === "EACCES")
    return new SetupProblem(
      `Port ${port} is not allowed for this user. Choose another port with ${variable}.`,
    );
  if (code === "EADDRNOTAVAIL")
    return new SetupProblem(`${host} is not an address of this machine. Choose another with HOST.`);
  return error;
}
