import { describe, expect, test } from "vitest";
import { limitPerOwner } from "./limit-per-owner";

/** Tasks that end on request, with the names of those that have started. */
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

describe("limit per owner", () => {
  test("runs tasks in order, at most the limit at once", async () => {
    const { begun, task, end } = makeTasks();
    const run = limitPerOwner(2, 10);
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

  test("never delays another owner's tasks", () => {
    const { begun, task } = makeTasks();
    const run = limitPerOwner(1, 10);
    for (const name of ["a", "b", "c"]) void run("owner", task(name));
    void run("other", task("d"));
    expect(begun).toEqual(["a", "d"]);
  });

  test("refuses when too many wait, and accepts again afterwards", async () => {
    const { begun, task, end } = makeTasks();
    const run = limitPerOwner(1, 1);
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

  test("a failed task frees its slot", async () => {
    const { begun, task, ends, end } = makeTasks();
    const run = limitPerOwner(1, 10);
    const first = run("owner", task("a"));
    const second = run("owner", task("b"));
    ends.get("a")!.reject(new Error("broken"));
    await expect(first).rejects.toThrow("broken");
    expect(begun).toEqual(["a", "b"]);
    end("b");
    expect(await second).toBe("b");
  });
});
