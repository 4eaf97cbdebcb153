/** Choosing a place on the map for the form that is open, and showing the one it has. */
export interface Point {
  lon: number;
  lat: number;
}

class Placing {
  /** A click on the map now gives a place. */
  active = $state(false);
  /** The place that the open form is about. */
  shown = $state.raw<Point | null>(null);
  #take: ((point: Point) => void) | null = null;

  start(take: (point: Point) => void): void {
    this.#take = take;
    this.active = true;
  }

  pick(point: Point): void {
    const take = this.#take;
    this.cancel();
    take?.(point);
  }

  cancel(): void {
    this.active = false;
    this.#take = null;
  }
}

export const placing = new Placing();
