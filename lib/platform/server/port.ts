import { createServer } from "node:net";
import { SetupProblem } from "@/lib/platform/setup-problem";

/** @throws SetupProblem when the port is no port, or can't be listened on */
export async function checkPort(text: string, host: string): Promise<number> {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new SetupProblem("PORT is not valid: a number from 1 to 65535.");
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  } catch (error) {
    throw explainListening(error, port, host);
  }
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** One sentence for why a server can't listen; any other error as it is. */
export function explainListening(error: unknown, port: number, host: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new SetupProblem(`Port ${port} is taken; end what listens there, or choose another with PORT.`);
  if (code === "EACCES")
    return new SetupProblem(`Port ${port} may not be used by this user; choose another with PORT.`);
  if (code === "EADDRNOTAVAIL")
    return new SetupProblem(`${host} is no address of this machine; choose another with HOST.`);
  return error;
}
