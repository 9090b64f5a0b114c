import { describe, expect, test } from "vitest";
import { makeFairLimiter, TooBusy } from "./limiter";

/** Runs one task at a time, in steps; `order` has the names in the order of their starts. */
function stage(limits: Partial<Parameters<typeof makeFairLimiter>[0]> = {}) {
  const run = makeFairLimiter({ running: 1, waiting: 3, waitingInAll: 100, ...limits });
  const order: string[] = [];
  const open: (() => void)[] = [];
  const add = (group: string, name = group, isUrgent = false) =>
    run({ group, isUrgent }, async () => {
      order.push(name);
      await new Promise<void>((resolve) => open.push(resolve));
      return name;
    });
  const finishAll = async (count: number) => {
    for (let done = 0; done < count; done++) {
      await expect.poll(() => open.length).toBeGreaterThan(0);
      open.shift()!();
    }
  };
  return { run, order, open, add, finishAll };
}
const busy = (task: Promise<unknown>) => expect(task).rejects.toBeInstanceOf(TooBusy);

describe("fair limiter", () => {
  test("one group: runs some, queues some in order, refuses the rest", async () => {
    const { add, order, finishAll } = stage({ running: 2, waiting: 2 });
    const tasks = ["1", "2", "3", "4"].map((name) => add("a", name));
    await busy(add("a", "5"));
    expect(order).toEqual(["1", "2"]);
    await finishAll(4);
    expect(await Promise.all(tasks)).toEqual(["1", "2", "3", "4"]);
    expect(order).toEqual(["1", "2", "3", "4"]);
  });

  test("flood of one group: others wait for one of its tasks", async () => {
    const { add, order, finishAll } = stage();
    const flood = ["a1", "a2", "a3", "a4"].map((name) => add("a", name));
    await busy(add("a"));
    const others = ["b", "c"].map((name) => add(name));
    await finishAll(6);
    await Promise.all([...flood, ...others]);
    expect(order).toEqual(["a1", "a2", "b", "c", "a3", "a4"]);
  });

  test("urgent tasks: go first", async () => {
    const { add, order, finishAll } = stage();
    const tasks = [add("a", "a1"), add("a", "a2"), add("b"), add("a", "known", true)];
    await finishAll(4);
    await Promise.all(tasks);
    expect(order).toEqual(["a1", "known", "a2", "b"]);
  });

  test("everything full: the longest queue loses its newest, a newcomer of a full crowd is refused", async () => {
    const { add, order, finishAll } = stage({ waitingInAll: 3 });
    const running = add("a", "a0");
    const [first, second, third] = ["a1", "a2", "a3"].map((name) => add("a", name));
    const b = add("b");
    await busy(third!);
    const c = add("c");
    await busy(second!);
    await busy(add("d"));
    await finishAll(4);
    await Promise.all([running, first, b, c]);
    expect(order).toEqual(["a0", "a1", "b", "c"]);
  });

  test("failed task: frees its slot", async () => {
    const { run, add, finishAll } = stage();
    const failed = run({ group: "a" }, () => Promise.reject(new Error("broken")));
    const next = add("a");
    await expect(failed).rejects.toThrow("broken");
    await finishAll(1);
    expect(await next).toBe("a");
    expect(await run({ group: "b" }, async () => "free again")).toBe("free again");
  });
});
