/** Runs `draw` at most once per interval, however often it is asked for; the last asking counts. */
export function pace(draw: () => void, interval_ms: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = false;
  const run = (): void => {
    asked = false;
    draw();
    timer = setTimeout(() => {
      timer = null;
      if (asked) run();
    }, interval_ms);
  };
  return {
    ask: () => {
      asked = true;
      if (timer === null) run();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {}, 0);
      asked = false;
    },
  };
}
