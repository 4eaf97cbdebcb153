/**
 * Steps on one record that follow each other faster than the board is told: the next one waits until
 * the last one shows, and is then the next one of what the record has become. Otherwise the second of
 * two presses would ask for the first step once more, which changes nothing, and be lost.
 */
const LOOK_MS = 20;
/** Where the board isn't told by then, the next step goes by what it shows. */
const PATIENCE_MS = 3_000;

export interface Step<Row> {
  /** The record as it is now; undefined once it is gone. */
  row: () => Row | undefined;
  /** Takes the step that comes next; resolves once the server has answered. */
  take: (row: Row) => Promise<{ ok: boolean }> | void;
}

const last = new Map<string, Promise<void>>();

/** Takes the next step of a record after those that are on their way. */
export function inTurn<Row extends { position: number }>(id: string, step: Step<Row>): void {
  const before = last.get(id);
  const own = before ? before.then(() => once(step)) : once(step);
  last.set(id, own);
  void own.finally(() => {
    if (last.get(id) === own) last.delete(id);
  });
}

async function once<Row extends { position: number }>({ row, take }: Step<Row>): Promise<void> {
  const seen = row();
  if (!seen) return;
  const result = await take(seen);
  const until = Date.now() + PATIENCE_MS;
  while (result?.ok && row()?.position === seen.position && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
