import { describe, expect, test } from "vitest";
import { takeTurns } from "./take-turns";

/** Tasks that end when they are told to, with the names of those that have begun. */
function makeTasks() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const task = (name: string) => () => {
    begun.push(name);
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return end.promise;
  };
  return { begun, task, end: (name: string) => ends.get(name)!.resolve(name), ends };
}

describe("tasks of one owner", () => {
  test("run at most so many at a time, in the order in which they came", async () => {
    const { begun, task, end } = makeTasks();
    const run = takeTurns(2, 10);
    const all = ["a", "b", "c", "d"].map((name) => run("owner", task(name)));
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await all[1];
    expect(begun).toEqual(["a", "b", "c"]);
    end("a");
    await all[0];
    expect(begun).toEqual(["a", "b", "c", "d"]);
    end("c");
    end("d");
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  });

  test("never keep another owner's waiting", () => {
    const { begun, task } = makeTasks();
    const run = takeTurns(1, 10);
    for (const name of ["a", "b", "c"]) void run("owner", task(name));
    void run("other", task("d"));
    expect(begun).toEqual(["a", "d"]);
  });

  test("are refused when too many wait, and taken again once those are done", async () => {
    const { begun, task, end } = makeTasks();
    const run = takeTurns(1, 1);
    const first = run("owner", task("a"));
    const second = run("owner", task("b"));
    expect(run("owner", task("c"))).toBeUndefined();
    end("a");
    await first;
    const last = run("owner", task("d"));
    expect(last).toBeDefined();
    end("b");
    await second;
    expect(begun).toEqual(["a", "b", "d"]);
    end("d");
    expect(await last).toBe("d");
  });

  test("hand their turn on when they fail", async () => {
    const { begun, task, ends, end } = makeTasks();
    const run = takeTurns(1, 10);
    const first = run("owner", task("a"));
    const second = run("owner", task("b"));
    ends.get("a")!.reject(new Error("broken"));
    await expect(first).rejects.toThrow("broken");
    expect(begun).toEqual(["a", "b"]);
    end("b");
    expect(await second).toBe("b");
  });
});
